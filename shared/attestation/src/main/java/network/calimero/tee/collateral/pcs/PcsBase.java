package network.calimero.tee.collateral.pcs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import network.calimero.tee.bytes.PlainText;

/**
 * A server that speaks PCS v4: Intel's PCS or a PCCS. What it serves is signed by Intel, so plain
 * http is as good as https.
 *
 * @param url the base URL without a slash at its end; a path before {@code /sgx/…} is kept
 * @param rootCrl where the root's CRL is, which Intel's own PCS does not serve
 */
public record PcsBase(URI url, URI rootCrl) {
  /** The path of every SGX document; also the end of base URLs as Intel's own tools write them. */
  static final String SGX_PATH = "/sgx/certification/v4";

  static final String TDX_PATH = "/tdx/certification/v4";

  private static final String INTEL_HOST = "api.trustedservices.intel.com";
  private static final URI INTEL_ROOT_CRL =
      URI.create("https://certificates.trustedservices.intel.com/IntelSGXRootCA.der");
  private static final int MAX_LENGTH = 2048;
  private static final int MAX_PORT = 65_535;

  /** As much of an unknown scheme is repeated as shows a slip of the pen. */
  private static final int MAX_SCHEME = 20;

  /** Intel's PCS, with the root's CRL from the root certificate's distribution point. */
  public static final PcsBase INTEL = of("https://" + INTEL_HOST);

  /** Checks both addresses. */
  public PcsBase {
    url = URI.create(withoutEnd(checked(url.toString()).toString()));
    checked(rootCrl.toString());
  }

  /**
   * A server by its base URL, with or without {@code /sgx/certification/v4} at its end.
   *
   * @throws IllegalArgumentException saying what is wrong with the text and what is accepted
   */
  public static PcsBase of(String url) {
    String base = withoutEnd(checked(url.strip()).toString());
    boolean intel = INTEL_HOST.equalsIgnoreCase(URI.create(base).getHost());
    URI rootCrl = intel ? INTEL_ROOT_CRL : URI.create(base + SGX_PATH + "/rootcacrl");
    return new PcsBase(URI.create(base), rootCrl);
  }

  private static String withoutEnd(String url) {
    String base = cutSlashes(url);
    return base.endsWith(SGX_PATH)
        ? cutSlashes(base.substring(0, base.length() - SGX_PATH.length()))
        : base;
  }

  private static String cutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  private static URI checked(String text) {
    if (text.length() > MAX_LENGTH) {
      throw refusal("it is longer than " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal("it is not a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refusal(
          scheme.isEmpty()
              ? "it has no scheme"
              : "its scheme is " + PlainText.bounded(scheme, MAX_SCHEME));
    }
    if (uri.getHost() == null) {
      throw refusal("it names no host");
    }
    if (uri.getPort() > MAX_PORT) {
      throw refusal("its port is above " + MAX_PORT);
    }
    if (uri.getRawUserInfo() != null) {
      throw refusal("it carries a user or password");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refusal("it has a query or fragment");
    }
    return uri;
  }

  /** Does not repeat the text, which may hold a password. */
  private static IllegalArgumentException refusal(String problem) {
    return new IllegalArgumentException(
        "not the URL of a PCS or PCCS: "
            + problem
            + "; accepted is http:// or https://, a host, and optionally port and path");
  }

  /** Host, with its port if one is given: for people. */
  static String host(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
