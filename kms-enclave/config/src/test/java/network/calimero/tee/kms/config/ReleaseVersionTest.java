package network.calimero.tee.kms.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseVersionTest {
  @ParameterizedTest
  @CsvSource({"2.3.9, 2.3.10", "2.3.99, 2.4.0", "2.99.0, 10.0.0"})
  void isOrderedByNumbers(String older, String newer) {
    assertThat(ReleaseVersion.parse(older)).isLessThan(ReleaseVersion.parse(newer));
    assertThat(ReleaseVersion.parse(newer)).isGreaterThan(ReleaseVersion.parse(older));
  }

  @Test
  void prefixOfTagsIsAllowed() {
    assertThat(ReleaseVersion.parse("mero-kms-v2.3.4"))
        .isEqualByComparingTo(ReleaseVersion.parse(" 2.3.4 "))
        .hasToString("2.3.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2.3",
        "2.3.4.5",
        "2.03.4",
        "2.3.4-rc.1",
        "v2.3.4",
        "2.3.1234567890",
        "-1.0.0"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReleaseVersion.parse(text));
  }
}
