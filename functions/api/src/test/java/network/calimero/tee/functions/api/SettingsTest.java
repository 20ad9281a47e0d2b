package network.calimero.tee.functions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting<Integer> COUNT =
      Setting.of("COUNT", "a whole number", "3", "How many.", SettingsTest::number);
  private static final Setting<Integer> LEVEL =
      Setting.optional("LEVEL", "a whole number", "How high.", SettingsTest::number);
  private static final Setting<String> KEY =
      Setting.secret("KEY", "a key", "Opens.", SettingsTest::key);
  private static final List<Setting<?>> ALL = List.of(COUNT, LEVEL, KEY);

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no whole number", e);
    }
  }

  private static String key(String text) {
    if (text.length() < 4) {
      throw new IllegalArgumentException("is too short");
    }
    return text;
  }

  @Test
  void whatIsSetCountsElseTheDefaultElseNothing() throws SettingsException {
    Settings settings = Settings.read(Map.of("COUNT", " 5 ", "LEVEL", "  "), ALL);

    assertThat(settings.get(COUNT)).isEqualTo(5);
    assertThat(settings.find(LEVEL)).isEmpty();
    assertThat(Settings.read(Map.of(), ALL).get(COUNT)).isEqualTo(3);
  }

  @Test
  void everyProblemIsToldWithItsVariableAndWhatIsAcceptedAndNoSecret() {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class,
            () -> Settings.read(Map.of("COUNT", "x", "LEVEL", "1", "KEY", "abc"), ALL));

    assertThat(e.problems())
        .containsExactly(
            "COUNT is no whole number; accepted: a whole number",
            "KEY is too short; accepted: a key");
    assertThat(e).hasMessageNotContaining("abc");
  }
}
