package network.calimero.tee.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void leavesOrdinaryTextAlone() {
    assertThat(PlainText.of("TDX module 06: 3 < 4, “né” 漢字 🙂"))
        .isEqualTo("TDX module 06: 3 < 4, “né” 漢字 🙂");
  }

  @Test
  void takesAwayLineEndsEscapesAndTurnsOfDirection() {
    assertThat(PlainText.of("a\nb\rc\u001b[2Jd\u009be\u2028f\u202eg\ud800h\u007fi\0"))
        .isEqualTo("a?b?c?[2Jd?e?f?g?h?i?");
  }

  @Test
  void cutsLongText() {
    assertThat(PlainText.of("x".repeat(10_000))).hasSize(2_001).endsWith("x…");
  }

  @Test
  void namesAFailureThatSaysNothing() {
    assertThat(PlainText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
