package network.calimero.tee.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexTest {
  @Test
  void digitsOfEitherCaseAreReadAndLowerCaseIsWritten() {
    assertThat(Hex.encode(Hex.decode("00aAFf7f"))).isEqualTo("00aaff7f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0x00", " 00", "00 ", "0g", "é0", "٣٣"})
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.decode(text));
    assertThat(Hex.isHex(text)).isFalse();
  }

  @Test
  void aLengthThatIsAskedForMustBeMet() {
    assertThat(Hex.decode("0102", 2)).containsExactly(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hex.decode("0102", 3))
        .withMessage("expected 6 hex digits (3 bytes), got 4 characters");
  }

  @Test
  void noDigitsAreNotHexButDecodeToNothing() {
    assertThat(Hex.isHex("")).isFalse();
    assertThat(Hex.decode("")).isEmpty();
  }
}
