package network.calimero.tee.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {
  private static final JsonMapper MAPPER = StrictJson.mapper(3, 10, 5);

  @Test
  void whatIsWithinBoundsIsRead() {
    assertThat(MAPPER.readTree("[[{\"a\":12345,\"b\":\"0123456789\"}]] ").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[[]]]]",
        "\"01234567890\"",
        "123456",
        "{\"a\":1,\"a\":1}",
        "{} {}",
        "{}]",
        "{\"a\":",
        "{\"a\":nil}",
        "// text\n{}",
        "{'a':1}"
      })
  void allElseIsRefusedWithNothingOfTheParsersOwnInTheReason(String text) {
    assertThat(why(text)).isNotBlank().doesNotContain("Source:", "REDACTED", "StreamReadFeature");
  }

  @Test
  void theReasonNamesThePlace() {
    assertThat(why("{\n  \"a\": nil\n}")).endsWith("(line 2, column 8)");
    assertThat(why("{\n  \"a\": [")).endsWith("close marker for Array (line 2, column 9)");
  }

  @Test
  void theReasonCannotForgeALineNorSteerATerminal() {
    assertThat(why("nil\u009b2J")).contains("nil?2J");
    assertThat(why("n".repeat(5_000)).length()).isLessThan(500);
  }

  private static String why(String text) {
    return StrictJson.why(
        catchThrowableOfType(JacksonException.class, () -> MAPPER.readTree(text)));
  }
}
