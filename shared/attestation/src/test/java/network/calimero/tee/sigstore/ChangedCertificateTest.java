package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A certificate with one bit turned, which the log has taken in and promised like that. */
class ChangedCertificateTest {
  private static final byte[] CERTIFICATE = new Attempt().sign().certificate();

  private static Attempt changed(int index, int bit) {
    byte[] der = CERTIFICATE.clone();
    der[index] ^= (byte) (1 << bit);
    String pem = Base64.getEncoder().encodeToString(Pem.certificate(der).getBytes(UTF_8));
    return new Attempt()
        .logged(e -> Attempt.at(e, "/spec/signature/publicKey").put("content", pem))
        .bundle((ObjectNode b) -> b.put("cert", pem));
  }

  @Tag("exhaustive")
  @Test
  void doesNotVerifyWhicheverBitItIs() throws Exception {
    SignatureVerifier verifier = new SignatureVerifier(new Attempt().root());
    Map<Code, Integer> codes = new EnumMap<>(Code.class);
    for (int i = 0; i < CERTIFICATE.length; i++) {
      Attempt attempt = changed(i, i % 8);
      SignedArtifact signed = attempt.sign();
      CosignBundle bundle = CosignBundle.parse(Bytes.of(attempt.bundle(signed).toArray()));
      try {
        throw new AssertionError(
            i + ": " + verifier.verify(attempt.presented(), bundle, attempt.expected()));
      } catch (SignatureRefusedException e) {
        codes.merge(e.code(), 1, Integer::sum);
      }
    }
    System.out.println("certificates with one bit turned are refused: " + codes);
    assertThat(codes)
        .containsOnlyKeys(
            Code.CERTIFICATE_MALFORMED,
            Code.CERTIFICATE_NOT_VALID_THEN,
            Code.CERTIFICATE_NOT_FOR_SIGNING,
            Code.AUTHORITY_UNKNOWN);
  }
}
