package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachedSignatureTest {
  private static final SignedArtifact SIGNED = new Attempt().sign();
  private static final String SIG = new String(SIGNED.sig(), UTF_8);
  private static final String PEM = new String(SIGNED.pem(), UTF_8);

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  private static DetachedSignature parse(String sig, String pem) throws SignatureRefusedException {
    return DetachedSignature.parse(utf8(sig), utf8(pem));
  }

  private static LogEntry entry(SignedArtifact signed) throws SignatureRefusedException {
    return CosignBundle.parse(Bytes.of(signed.cosignBundle())).entry();
  }

  private static void assertRefused(String sig, String pem, Code code, String reason) {
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> parse(sig, pem))
        .matches(refused -> refused.code() == code)
        .withMessageContaining(reason);
  }

  @Test
  void isReadInEverySpellingThatReleasesHave() throws Exception {
    DetachedSignature signature = parse(SIG, PEM);

    assertThat(signature.signature()).isEqualTo(Bytes.of(SIGNED.signature()));
    assertThat(signature.certificate()).isEqualTo(Bytes.of(SIGNED.certificate()));
    assertThat(parse(SIG + "\n", PEM.replace("\n", "\r\n"))).isEqualTo(signature);
    assertThat(parse(SIG, new String(SIGNED.pemInBase64(), UTF_8) + "\n")).isEqualTo(signature);
    String wrapped =
        Base64.getMimeEncoder(76, "\n".getBytes(UTF_8)).encodeToString(PEM.getBytes(UTF_8));
    assertThat(parse(SIG, wrapped)).isEqualTo(signature);
  }

  @Test
  void knowsByWhichNameTheLogHasItsEntry() throws Exception {
    ArtifactDigest artifact = ArtifactDigest.of(Bytes.of(Attempt.ARTIFACT));
    DetachedSignature signature = parse(SIG, PEM);
    assertThat(signature.entryName(artifact)).isEqualTo(leafHash(entry(SIGNED)));
    assertThat(signature.entryName(ArtifactDigest.of(Bytes.EMPTY)))
        .isNotEqualTo(leafHash(entry(SIGNED)));
  }

  /** The log's names are hashes over a zero byte and the entry (RFC 6962, section 2.1). */
  static String leafHash(LogEntry entry) {
    MessageDigest hash = Sha256.newDigest();
    hash.update((byte) 0);
    return Bytes.of(hash.digest(Base64.getDecoder().decode(entry.body()))).hex();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no base64", "AAA", "AA==AAAA"})
  void signatureThatIsNoneIsRefused(String sig) {
    assertRefused(sig, PEM, Code.SIGNATURE_FILE_MALFORMED, "the .sig file is no signature");
  }

  @Test
  void certificateThatIsNoneIsRefused() {
    assertRefused(SIG, "", Code.CERTIFICATE_FILE_MALFORMED, "no certificate in PEM");
    assertRefused(SIG, "no base64", Code.CERTIFICATE_FILE_MALFORMED, "\"PEM\"");
    assertRefused(SIG, PEM + PEM, Code.CERTIFICATE_FILE_MALFORMED, "not one certificate");
  }

  @Test
  void filesAreReadUpToTheirGreatestSize() throws Exception {
    int room = DetachedSignature.MAX_FILE - SIG.length();
    assertThat(parse(SIG + " ".repeat(room), PEM)).isEqualTo(parse(SIG, PEM));
    assertRefused(
        SIG + " ".repeat(room + 1),
        PEM,
        Code.SIGNATURE_FILE_MALFORMED,
        "32769 bytes, more than the 32768 allowed");
  }

  @Test
  void itsEntryIsTheOneWithItsSignatureAndItsCertificate() throws Exception {
    DetachedSignature signature = parse(SIG, PEM);
    Attempt another = new Attempt().signing(s -> s.signature(proper -> new byte[70]));
    LogEntry otherSignature = entry(another.sign());
    LogEntry otherCertificate =
        entry(
            new Attempt()
                .certificate(c -> c.claim(22, "private"))
                .signing(s -> s.signature(proper -> SIGNED.signature()))
                .sign());
    LogEntry otherKind = entry(new Attempt().logged(e -> e.put("kind", "dsse")).sign());
    LogEntry own = entry(SIGNED);

    assertThat(signature.among(List.of())).isEmpty();
    assertThat(signature.among(List.of(otherSignature, otherCertificate, otherKind))).isEmpty();
    assertThat(signature.among(List.of(otherKind, otherSignature, otherCertificate, own)))
        .contains(new LoggedSignature(signature, own));
  }
}
