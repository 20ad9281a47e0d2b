package network.calimero.tee.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import network.calimero.tee.policy.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseVersionTest {
  private static final ReleaseVersion VERSION = new ReleaseVersion(2, 3, 40);

  @Test
  void versionIsReadAloneAndAfterTheTagsOfItsFamilies() {
    assertThat(ReleaseVersion.of("2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofKms("2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofKms("mero-kms-v2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofKms("mero-tee-v2.3.40")).isEmpty();
    assertThat(ReleaseVersion.ofAnyTag("2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofAnyTag("mero-kms-v2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofAnyTag("mero-tee-v2.3.40")).contains(VERSION);
    assertThat(ReleaseVersion.ofAnyTag("node-image-gcp-v2.3.40")).contains(VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2.3",
        "2.3.40.1",
        "2.3.040",
        "2.3.-1",
        "v2.3.40",
        "2.3.40-rc.1",
        "2.3.40+build",
        " 2.3.40",
        "2.3.40\n",
        "2.3.٤٠",
        "2.3.9999999999",
        "mero-kms-v",
        "mero-kms-vmero-tee-v2.3.40"
      })
  void anythingElseIsNoVersion(String text) {
    assertThat(ReleaseVersion.of(text)).isEqualTo(Optional.empty());
    assertThat(ReleaseVersion.ofKms(text)).isEmpty();
    assertThat(ReleaseVersion.ofAnyTag(text)).isEmpty();
  }

  @Test
  void numbersBeginAtZero() {
    assertThat(ReleaseVersion.of("0.0.0")).contains(new ReleaseVersion(0, 0, 0));
    for (int[] numbers : new int[][] {{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ReleaseVersion(numbers[0], numbers[1], numbers[2]));
    }
  }

  @Test
  void orderIsByNumbersAndNotByText() {
    assertThat(new ReleaseVersion(2, 3, 9)).isLessThan(VERSION);
    assertThat(new ReleaseVersion(2, 10, 0)).isGreaterThan(VERSION);
    assertThat(new ReleaseVersion(10, 0, 0)).isGreaterThan(new ReleaseVersion(9, 99, 99));
    assertThat(ReleaseVersion.of("2.3.40").orElseThrow()).isEqualByComparingTo(VERSION);
    assertThat(VERSION).hasToString("2.3.40");
    assertThat(VERSION.kmsTag()).isEqualTo("mero-kms-v2.3.40");
  }

  @Test
  void legacyFileStandsForLockedReadOnlyAlone() {
    assertThat(PolicyAsset.candidates(VERSION, Profile.LOCKED_READ_ONLY))
        .containsExactly(
            new PolicyAsset("kms-phala-attestation-policy.locked-read-only.json", false),
            new PolicyAsset("kms-phala-attestation-policy.json", true));
    assertThat(PolicyAsset.candidates(VERSION, Profile.DEBUG_READ_ONLY))
        .containsExactly(
            new PolicyAsset("kms-phala-attestation-policy.debug-read-only.json", false));
  }

  @Test
  void laterReleasesAreAskedForTheirNewNamesFirst() {
    assertThat(PolicyAsset.candidates(new ReleaseVersion(2, 3, 75), Profile.DEBUG))
        .containsExactly(
            new PolicyAsset("kms-attestation-policy.debug.json", false),
            new PolicyAsset("kms-phala-attestation-policy.debug.json", false));
  }
}
