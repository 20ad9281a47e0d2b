package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * Cosign's older bundle, {@code .bundle.json} (policy-and-releases.md, "Signatures").
 *
 * @param signature DER of an ECDSA signature
 * @param certificate DER of the certificate
 */
public record CosignBundle(Bytes signature, Bytes certificate, LogEntry entry) implements SignedBy {

  /** The most that a bundle may have, in bytes; real ones have 9,000. */
  public static final int MAX_SIZE = 128 * 1024;

  /**
   * Reads one.
   *
   * @throws SignatureRefusedException if it is anything else, such as a bundle of cosign 3, or too
   *     long
   */
  public static CosignBundle parse(Bytes json) throws SignatureRefusedException {
    try {
      return read(JsonFields.parse(json, MAX_SIZE));
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.BUNDLE_MALFORMED, "not a bundle of the older form of cosign", e.reason(), "");
    }
  }

  private static CosignBundle read(JsonFields bundle) throws MalformedException {
    bundle.only(Set.of("base64Signature", "cert", "rekorBundle"));
    Bytes signature = bundle.base64("base64Signature", DetachedSignature.MAX_SIGNATURE);
    Bytes pem = bundle.base64("cert", CertificateText.MAX_SIZE);
    JsonFields rekor = bundle.object("rekorBundle").only(Set.of("SignedEntryTimestamp", "Payload"));
    JsonFields payload =
        rekor.object("Payload").only(Set.of("body", "integratedTime", "logIndex", "logID"));
    return new CosignBundle(
        signature,
        CertificateText.der(new String(pem.toArray(), StandardCharsets.ISO_8859_1)),
        LogEntry.of(payload, rekor.base64("SignedEntryTimestamp", LogEntry.MAX_PROMISE)));
  }

  /**
   * Refuses a {@code .sig} beside this bundle that is not this bundle's signature.
   *
   * @param sig the whole file: base64, white space around it allowed
   */
  public void requireSame(Bytes sig) throws SignatureRefusedException {
    new DetachedSignature(signature, certificate).requireSame(sig);
  }

  @Override
  public Form form() {
    return Form.COSIGN_BUNDLE;
  }
}
