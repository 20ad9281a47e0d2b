package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.SplittableRandom;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogInputTest {
  private static final Bytes CCEL = RawCcel.sha384().event(1, 4, 7).bytes();
  private static final String CCEL_BASE64 = Base64.getEncoder().encodeToString(CCEL.toArray());

  @Test
  void findsTablesAsTheyAreAndInBase64() throws Exception {
    assertThat(EventLogInput.find(CCEL.toArray()).log().kind()).isEqualTo("CCEL");
    assertThat(find(CCEL_BASE64 + "\n").log().events()).hasSize(1);
  }

  @Test
  void findsADstackLog() throws Exception {
    EventLogInput input = find("\n " + Guest.booted().log());
    assertThat(input.log()).isInstanceOf(DstackLog.class);
    assertThat(input.field()).isNull();
    assertThat(input.besideQuote()).isFalse();
  }

  @Test
  void findsTheLogOfEveryAnswer() throws Exception {
    String log = Guest.booted().log().toString();
    String text = log.replace("\"", "\\\"");
    assertField("{\"quoteB64\":\"\",\"eventLog\":%s}".formatted(log), "eventLog", true);
    assertField("{\"quote\":\"\",\"event_log\":\"%s\"}".formatted(text), "event_log", true);
    assertField("{\"data\":{\"eventLog\":%s}}".formatted(log), "data.eventLog", false);
    assertField(
        "{\"quote\":\"\",\"data\":{\"eventLog\":%s}}".formatted(log), "data.eventLog", true);
    assertField(
        "{\"data\":{\"quote\":\"\",\"eventLog\":%s}}".formatted(log), "data.eventLog", true);
    assertField("{\"eventLogB64\":\"%s\"}".formatted(CCEL_BASE64), "eventLogB64", false);
  }

  @Test
  void prefersATableToTheEmptyLogBesideIt() throws Exception {
    String answer = "{\"eventLog\":[],\"eventLogB64\":\"%s\"}".formatted(CCEL_BASE64);
    assertField(answer, "eventLogB64", false);
    assertField("{\"eventLog\":[]}", "eventLog", false);
  }

  @Test
  void refusesTwoLogs() throws Exception {
    String log = Guest.booted().log().toString();
    assertThat(
            refusal("{\"eventLog\":%s,\"eventLogB64\":\"%s\"}".formatted(log, CCEL_BASE64)).fault())
        .isEqualTo(Fault.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{}", "{\"quote\":\"00\"}", "{\"eventLogB64\":\"?\"}"})
  void refusesInputWithoutALog(String text) {
    assertThat(refusal(text).fault()).isEqualTo(Fault.NOT_FOUND);
  }

  @Test
  void refusesInputOverItsLimit() {
    assertThat(refusal(" ".repeat(EventLogInput.MAX_FILE_SIZE + 1)).fault())
        .isEqualTo(Fault.TOO_LARGE);
  }

  @Test
  void meetsBytesThatWereChangedAtRandomWithItsOwnExceptionOnly() throws Exception {
    byte[][] seeds = {CCEL.toArray(), Guest.booted().log().toString().getBytes(UTF_8)};
    SplittableRandom random = new SplittableRandom(1);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seeds[i % seeds.length].clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Replay.of(EventLogInput.find(bytes).log());
        read++;
      } catch (EventLogFormatException e) {
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private static void assertField(String answer, String field, boolean besideQuote)
      throws EventLogFormatException {
    EventLogInput input = find(answer);
    assertThat(input.field()).isEqualTo(field);
    assertThat(input.besideQuote()).isEqualTo(besideQuote);
  }

  private static EventLogInput find(String text) throws EventLogFormatException {
    return EventLogInput.find(text.getBytes(UTF_8));
  }

  private static EventLogFormatException refusal(String text) {
    EventLogFormatException refusal =
        catchThrowableOfType(EventLogFormatException.class, () -> find(text));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
