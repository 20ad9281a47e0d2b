package network.calimero.tee.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import network.calimero.tee.sigstore.ExpectedSigner;
import org.junit.jupiter.api.Test;

class ReleaseSignersTest {
  @Test
  void everyPartOfASignerIsExpected() {
    assertThat(ReleaseSigners.OFFICIAL.kmsOnPhala())
        .isEqualTo(
            new ExpectedSigner(
                "https://token.actions.githubusercontent.com",
                "https://github.com/calimero-network/mero-tee/.github/workflows/"
                    + "release-kms-phala.yaml@refs/heads/master",
                Optional.of("push"),
                "Release mero-kms",
                "calimero-network/mero-tee",
                Optional.of("1171521817"),
                "refs/heads/master"));
    assertThat(ReleaseSigners.OFFICIAL.kmsInCluster().identity())
        .endsWith("/release-kms.yaml@refs/heads/master");
    assertThat(ReleaseSigners.OFFICIAL.nodeImages().identity())
        .endsWith("/release-node-image-gcp.yaml@refs/heads/master");
    assertThat(ReleaseSigners.OFFICIAL.nodeImages().trigger()).isEmpty();
  }

  @Test
  void ofAnotherRepositoryNothingIsTheOfficialOnes() {
    ReleaseSigners other = new ReleaseSigners("somebody/mero-tee", Optional.empty());
    assertThat(other.anyKms())
        .containsExactly(other.kmsInCluster(), other.kmsOnPhala())
        .allSatisfy(signer -> {
          assertThat(signer.identity()).startsWith("https://github.com/somebody/mero-tee/");
          assertThat(signer.repository()).isEqualTo("somebody/mero-tee");
          assertThat(signer.repositoryId()).isEmpty();
        });
  }

  @Test
  void aWorkflowOfTheOfficialRepositoryIsOfThatOneAndNoLaterOneOfItsName() {
    ExpectedSigner official = ReleaseSigners.OFFICIAL.kmsInCluster();
    assertThat(ReleaseSigners.kms(official.identity(), official.issuer())).isEqualTo(official);
    assertThat(
            ReleaseSigners.kms(
                "https://github.com/somebody/mero-tee/.github/workflows/release-kms.yaml@refs/heads/x",
                "https://issuer.example"))
        .isEqualTo(
            new ExpectedSigner(
                "https://issuer.example",
                "https://github.com/somebody/mero-tee/.github/workflows/release-kms.yaml@refs/heads/x",
                official.trigger(),
                official.workflowName(),
                "somebody/mero-tee",
                Optional.empty(),
                "refs/heads/x"));
  }
}
