package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Pem;

/**
 * One certificate as PEM in the one spelling that Sigstore's tools write: lines of 64, LF, nothing
 * around it but perhaps no LF at the end. So two texts are the same certificate or they differ.
 */
final class CertificateText {
  static final int MAX_SIZE = 16 * 1024;
  private static final String LABEL = "CERTIFICATE";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private CertificateText() {}

  /** The DER that it spells. */
  static Bytes der(String pem) throws MalformedException {
    Bytes der =
        Pem.first(pem, LABEL).orElseThrow(() -> new MalformedException("no certificate in PEM"));
    String canonical = of(der);
    if (!pem.equals(canonical) && !pem.equals(canonical.stripTrailing())) {
      throw new MalformedException("not one certificate in PEM of lines of 64 characters");
    }
    return der;
  }

  /** The text of a certificate. */
  static String of(Bytes der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(LABEL, LINES.encodeToString(der.toArray()), LABEL);
  }
}
