package network.calimero.tee.release.asset;

import java.util.regex.Pattern;

/**
 * One file of a release.
 *
 * @param name its file name
 */
public record Asset(Family family, String name, AssetKind kind) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

  /** Only plain file names: none leads out of a folder, or elsewhere on a server. */
  public Asset {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an asset");
    }
  }

  /** Whether a text, perhaps a stranger's, can name an asset. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The signature over it, base64. */
  public Asset signature() {
    return beside(".sig");
  }

  /** The certificate of the key that signed it. */
  public Asset certificate() {
    return beside(".pem");
  }

  /** Signature, certificate and log entry in one. */
  public Asset bundle() {
    return beside(".bundle.json");
  }

  private Asset beside(String suffix) {
    return new Asset(family, name + suffix, AssetKind.SIGNATURE);
  }

  @Override
  public String toString() {
    return name;
  }
}
