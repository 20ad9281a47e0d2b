package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The policy of a real release, signed by its workflow through Sigstore's public infrastructure.
 * Nothing here asks for the time, so it verifies at any later one.
 */
class RealPolicyTest {
  private static final String FILE =
      "mero-tee/signed-policy/kms-phala-attestation-policy.locked-read-only.json";
  private static final ExpectedSigner SIGNER =
      new ExpectedSigner(
          "https://token.actions.githubusercontent.com",
          "https://github.com/calimero-network/mero-tee/.github/workflows/"
              + "release-kms-phala.yaml@refs/heads/master",
          Optional.of("push"),
          "Release mero-kms",
          "calimero-network/mero-tee",
          Optional.of("1171521817"),
          "refs/heads/master");

  private final SignatureVerifier verifier = new SignatureVerifier(TrustedRoot.publicGood());
  private final Bytes document = Corpus.bytes(FILE);
  private final Bytes bundle = Corpus.bytes(FILE + ".bundle.json");
  private final Bytes sig = Corpus.bytes(FILE + ".sig");

  private void assertRefused(Bytes changedDocument, Bytes changedBundle, String what) {
    assertThatExceptionOfType(SignatureRefusedException.class)
        .as(what)
        .isThrownBy(
            () -> verifier.verify(changedDocument, CosignBundle.parse(changedBundle), SIGNER));
  }

  private static Bytes changed(Bytes bytes, int index, int bits) {
    byte[] changed = bytes.toArray();
    changed[index] ^= (byte) bits;
    return Bytes.of(changed);
  }

  @Test
  void verifiesOffline() throws Exception {
    CosignBundle parsed = CosignBundle.parse(bundle);
    parsed.requireSame(sig);

    Signer signer = verifier.verify(document, parsed, SIGNER);

    assertThat(signer.identity()).isEqualTo(SIGNER.identity());
    assertThat(signer.commit()).isEqualTo("762b373b3aa616088137a782454fe03b041033fd");
    assertThat(signer.repositoryId()).contains("1171521817");
    assertThat(signer.logIndex()).isEqualTo(2_968_584_300L);
    assertThat(signer.integratedTime()).isEqualTo(Instant.parse("2026-09-26T13:57:04Z"));
  }

  /** Sigstore's own log spelled this entry: its name can be told from signature and certificate. */
  @Test
  void itsEntryCanBeAskedForByName() throws Exception {
    CosignBundle parsed = CosignBundle.parse(bundle);
    assertThat(
            new DetachedSignature(parsed.signature(), parsed.certificate())
                .entryName(ArtifactDigest.of(document)))
        .isEqualTo("52d312adc1b783aa702547957fff8c69d75f2544936b314b15476636cee8f8c0")
        .isEqualTo(DetachedSignatureTest.leafHash(parsed.entry()));
  }

  @Test
  void doesNotVerifyWithAnyByteOfTheDocumentChanged() throws Exception {
    CosignBundle parsed = CosignBundle.parse(bundle);
    for (int i = 0; i < document.length(); i++) {
      Bytes other = changed(document, i, 1);
      assertThatExceptionOfType(SignatureRefusedException.class)
          .as("byte %d", i)
          .isThrownBy(() -> verifier.verify(other, parsed, SIGNER))
          .matches(refused -> refused.code() == Code.LOG_ENTRY_OF_OTHER_ARTIFACT);
    }
  }

  /** Certificate, entry, promise, times and names of fields are all in it. */
  @Tag("exhaustive")
  @Test
  void doesNotVerifyWithAnyByteOfTheBundleChanged() {
    for (int i = 0; i < bundle.length(); i++) {
      int bit = i % 2 == 0 ? 1 : 0x20; // the one that makes another letter, and that of its case
      assertRefused(document, changed(bundle, i, bit), "byte %d".formatted(i));
    }
  }

  @Test
  void doesNotVerifyForAnotherSigner() {
    ExpectedSigner nodes =
        new ExpectedSigner(
            SIGNER.issuer(),
            "https://github.com/calimero-network/mero-tee/.github/workflows/"
                + "release-node-image-gcp.yaml@refs/heads/master",
            Optional.empty(),
            "Release mero-tee",
            SIGNER.repository(),
            SIGNER.repositoryId(),
            SIGNER.ref());

    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> verifier.verify(document, CosignBundle.parse(bundle), nodes))
        .matches(refused -> refused.code() == Code.OTHER_WORKFLOW)
        .withMessageContaining("it is signed by " + SIGNER.identity());
  }
}
