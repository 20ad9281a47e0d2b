package network.calimero.tee.release.bundle;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies bundles of either form, told apart by what is in them: cosign's older one here, today's
 * by another verifier, which is made when the first of them comes.
 */
public final class RecognizedBundles implements BundleVerifier {
  /** The most that a bundle of either form may have, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  private static final String TODAYS_MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";
  private static final JsonMapper JSON = StrictJson.mapper(32, MAX_SIZE, 32);

  /** Makes a verifier of today's bundles, which loads much. */
  public interface Maker {
    /**
     * Makes it.
     *
     * @throws MalformedException if it cannot work with the trusted root
     */
    BundleVerifier make() throws MalformedException;
  }

  private final SignatureVerifier older;
  private final Maker maker;
  private @Nullable BundleVerifier todays;

  /**
   * Joins two verifiers that should believe the same trusted root.
   *
   * @param todays asked once at most
   */
  public RecognizedBundles(SignatureVerifier older, Maker todays) {
    this.older = older;
    this.maker = todays;
  }

  /** Takes cosign's older bundles only, and refuses today's by name. */
  public static RecognizedBundles olderOnly(SignatureVerifier older) {
    return new RecognizedBundles(
        older,
        () ->
            (artifact, json, expected) -> {
              throw new SignatureRefusedException(
                  Code.TODAYS_BUNDLE_NOT_READ,
                  "one of today's Sigstore bundles, which nodes and key servers do not read",
                  TODAYS_MEDIA_TYPE,
                  "cosign's older bundle");
            });
  }

  @Override
  public Signer verify(ArtifactDigest artifact, Bytes json, ExpectedSigner expected)
      throws SignatureRefusedException {
    return isTodays(json)
        ? todays().verify(artifact, json, expected)
        : older.verify(artifact, CosignBundle.parse(json), expected);
  }

  private synchronized BundleVerifier todays() throws SignatureRefusedException {
    BundleVerifier made = todays;
    if (made == null) {
      try {
        made = maker.make();
      } catch (MalformedException e) {
        throw new SignatureRefusedException(
            Code.TRUSTED_ROOT_UNUSABLE, "the trusted root cannot be used", e.reason(), "");
      }
      todays = made;
    }
    return made;
  }

  private static boolean isTodays(Bytes json) throws SignatureRefusedException {
    if (json.length() > MAX_SIZE) {
      throw malformed("the bundle is too long", json.length() + " bytes", MAX_SIZE + " at most");
    }
    JsonNode bundle;
    try {
      bundle = JSON.readTree(json.toArray());
    } catch (JacksonException e) {
      throw malformed("the bundle is no JSON: " + StrictJson.why(e), "", "");
    }
    if (bundle.path("mediaType").asString("").startsWith(TODAYS_MEDIA_TYPE)) {
      return true;
    }
    if (bundle.has("base64Signature")) {
      return false;
    }
    throw malformed(
        "this is no bundle of a signature",
        bundle.isObject() ? "an object without one's members" : "no object",
        "cosign's older bundle, or today's with \"mediaType\"");
  }

  private static SignatureRefusedException malformed(String reason, String found, String expected) {
    return new SignatureRefusedException(Code.BUNDLE_MALFORMED, reason, found, expected);
  }
}
