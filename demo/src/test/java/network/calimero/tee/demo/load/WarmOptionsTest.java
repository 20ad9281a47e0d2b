package network.calimero.tee.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmOptionsTest {
  @Test
  void readsWhatIsGivenAndKeepsTheRest() {
    assertThat(WarmOptions.parse()).isEqualTo(new WarmOptions(20, 0, true, true, 8));
    assertThat(WarmOptions.parse("--cores", "1", "--minutes", "10"))
        .isEqualTo(new WarmOptions(20, 10, true, false, 8));
    assertThat(WarmOptions.parse("--seconds", "5", "--cores", "all", "--connections", "2"))
        .isEqualTo(new WarmOptions(5, 0, false, true, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seconds",
        "--seconds 0",
        "--seconds -1",
        "--seconds 999999",
        "--connections 0",
        "--minutes x",
        "--cores 2",
        "--core 1"
      })
  void refusesWhatItDoesNotKnow(String words) {
    assertThatThrownBy(() -> WarmOptions.parse(words.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--");
  }
}
