package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpoiledSignatureTest {
  private static final Set<SpoiledSignature> REFUSED = EnumSet.noneOf(SpoiledSignature.class);

  @AfterAll
  static void tell() {
    System.out.printf(
        "spoiled signatures refused by the check that is theirs: %d/%d%n",
        REFUSED.size(), SpoiledSignature.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedByItsOwnCheckWithAdvice(SpoiledSignature spoiled) throws Exception {
    SignatureRefusedException refused = refusal(spoiled);

    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(spoiled.code());
    assertThat(refused.reason()).isNotBlank();
    assertThat(refused.getMessage()).startsWith(refused.reason());
    assertThat(refused.advice()).isNotBlank();
    REFUSED.add(spoiled);
  }

  private static SignatureRefusedException refusal(SpoiledSignature spoiled) throws Exception {
    try {
      throw new AssertionError(spoiled + " is accepted: " + spoiled.attempt().verify());
    } catch (SignatureRefusedException e) {
      return e;
    }
  }

  @Test
  void everyCheckOfABundleHasSuchACase() {
    Set<Code> checks = EnumSet.range(Code.LOG_UNKNOWN, Code.SIGNATURE_WRONG);
    for (SpoiledSignature spoiled : SpoiledSignature.values()) {
      checks.remove(spoiled.code());
    }
    assertThat(checks).isEmpty();
  }

  @Test
  void refusalsOfASignerSayWhatSigned() throws Exception {
    SignatureRefusedException refused = refusal(SpoiledSignature.REPOSITORY_IS_ANOTHER);

    assertThat(refused.found()).isEqualTo("else/mero-tee");
    assertThat(refused.expected()).isEqualTo("calimero-network/mero-tee");
    assertThat(refused.signedBy())
        .contains(
            "https://github.com/else/mero-tee/.github/workflows/release-kms-phala.yaml@"
                + "refs/heads/master (workflow \"Release mero-kms\", started by push, repository"
                + " else/mero-tee, number 7, refs/heads/master, says"
                + " https://token.actions.githubusercontent.com)");
    assertThat(refused.getMessage())
        .isEqualTo(
            "signed by another repository: found else/mero-tee, expected calimero-network/mero-tee;"
                + " it is signed by "
                + refused.signedBy().orElseThrow());
  }

  @Test
  void refusalsSayWhatWasFoundAndExpected() throws Exception {
    SignatureRefusedException late = refusal(SpoiledSignature.LOG_ENDED_A_SECOND_EARLIER);
    assertThat(late.found()).isEqualTo("2026-09-26T13:57:05Z");
    assertThat(late.expected()).isEqualTo("2016-09-28T13:57:04Z to 2026-09-26T13:57:04Z");

    SignatureRefusedException other = refusal(SpoiledSignature.FILE_IS_EMPTY);
    assertThat(other.found()).isEqualTo("a file of SHA-256 " + Sha256.of(Bytes.EMPTY).hex());
    assertThat(other.expected()).isEqualTo(Sha256.of(Bytes.of(Attempt.ARTIFACT)).hex());
    assertThat(other.code().text()).isEqualTo("signature_log_entry_of_other_artifact");
  }

  @Test
  void signersThatAreNoWorkflowsAreNamedAsFarAsTheyCanBe() throws Exception {
    assertThat(refusal(SpoiledSignature.IDENTITY_IS_AN_EMAIL_ADDRESS).signedBy().orElseThrow())
        .startsWith(Attempt.WORKFLOW.uri() + " (workflow");
    assertThat(refusal(SpoiledSignature.IDENTITY_IS_A_HOST).signedBy().orElseThrow())
        .startsWith("a name of another kind (workflow");
  }
}
