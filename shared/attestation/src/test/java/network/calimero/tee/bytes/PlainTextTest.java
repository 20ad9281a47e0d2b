package network.calimero.tee.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @Test
  void textOfPrintableCharactersStaysAsItIs() {
    assertThat(PlainText.bounded("Intel SGX Root CA, ü 漢 \"…\"", 100))
        .isEqualTo("Intel SGX Root CA, ü 漢 \"…\"");
    assertThat(PlainText.bounded("", 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      chars = {
        '\n', '\r', '\0', '\t', '\u001b', '\u007f', '\u009b', '\u200e', '\u2028', '\u2029', '\ud83d'
      })
  void whatCouldForgeALineOrSteerATerminalIsReplaced(char c) {
    assertThat(PlainText.bounded("a" + c + "b", 100)).isEqualTo("a?b");
  }

  @Test
  void longTextIsCutAndSaysSo() {
    assertThat(PlainText.bounded("abcd", 4)).isEqualTo("abcd");
    assertThat(PlainText.bounded("abcde", 4)).isEqualTo("abcd…");
    assertThat(PlainText.bounded("x".repeat(1_000_000), 300)).hasSize(301);
  }

  @Test
  void reasonsOfMalformedDocumentsArePlain() {
    MalformedException refused = new MalformedException("no \"a\nb\"" + "c".repeat(2_000));
    assertThat(refused.reason()).startsWith("no \"a?b\"c").endsWith("c…").hasSize(1_001);
    assertThat(refused).hasMessage(refused.reason());
  }
}
