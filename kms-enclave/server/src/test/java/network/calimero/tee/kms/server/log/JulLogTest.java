package network.calimero.tee.kms.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import network.calimero.tee.log.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The logging that it takes over is the whole process's. */
@Isolated
class JulLogTest {
  private static JsonNode line(LogEvent event) {
    LogRecord logRecord = new LogRecord(java.util.logging.Level.INFO, event.name());
    logRecord.setParameters(new Object[] {event});
    return parse(new JsonLines().format(logRecord));
  }

  private static JsonNode parse(String text) {
    assertThat(text).endsWith("\n");
    assertThat(text.strip()).doesNotContain("\n");
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void eventIsOneJsonObjectWithItsFieldsInOrder() {
    JsonNode line =
        line(
            LogEvent.of(Level.WARNING, "something.happened")
                .with("count", 3)
                .with("took", 4L)
                .with("good", true)
                .with("names", List.of("a", "b")));

    assertThat(line.propertyNames())
        .containsExactly("ts", "level", "event", "count", "took", "good", "names");
    assertThat(line.get("ts").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.get("level").stringValue()).isEqualTo("warn");
    assertThat(line.get("event").stringValue()).isEqualTo("something.happened");
    assertThat(line.get("names").get(1).stringValue()).isEqualTo("b");
  }

  @Test
  void noValueCanForgeALine() {
    String evil = "x\n{\"level\":\"error\"}\r\u0000\u001b[2J\u2028\"";
    assertThat(line(LogEvent.of(Level.INFO, "e").with("field", evil)).get("field").stringValue())
        .isEqualTo(evil);
  }

  @Test
  void causeIsWrittenOnTheSameLineAndBounded() {
    StringBuilder longMessage = new StringBuilder("first\nsecond ");
    longMessage.append("x".repeat(100_000));
    JsonNode line =
        line(
            LogEvent.of(Level.ERROR, "e")
                .causedBy(new IllegalStateException(longMessage.toString())));

    assertThat(line.get("cause").stringValue())
        .startsWith("java.lang.IllegalStateException: first\nsecond")
        .hasSizeLessThan(10_000);
  }

  @Test
  void whatLibrariesLogIsWrittenInTheSameForm() {
    LogRecord logRecord = new LogRecord(java.util.logging.Level.SEVERE, "failed {0}");
    logRecord.setLoggerName("some.library");
    logRecord.setParameters(new Object[] {"here\nand there"});
    JsonNode line = parse(new JsonLines().format(logRecord));

    assertThat(line.get("level").stringValue()).isEqualTo("error");
    assertThat(line.get("event").stringValue()).isEqualTo("library");
    assertThat(line.get("logger").stringValue()).isEqualTo("some.library");
    assertThat(line.get("message").stringValue()).isEqualTo("failed here\nand there");
  }

  @Test
  void aFloodOfWhatLibrariesSayIsCountedInPlaceOfTold() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong nanos = new AtomicLong();
    JulLog log = JulLog.takeOver(out, Level.INFO, nanos::get);
    Logger library = Logger.getLogger("some.library");
    for (int i = 0; i < 1_000; i++) {
      library.warning("x".repeat(8_000));
    }
    nanos.addAndGet(1_000_000_000L);
    library.warning("again");
    log.tell(LogEvent.of(Level.INFO, "own"));

    List<JsonNode> lines =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .<JsonNode>map(line -> JsonMapper.shared().readTree(line))
            .toList();
    assertThat(lines).hasSize(LineBudget.PER_SECOND + 3);
    assertThat(lines.getFirst().get("message").stringValue()).hasSizeLessThan(1_100);
    assertThat(lines.get(LineBudget.PER_SECOND).get("lines").intValue())
        .isEqualTo(1_000 - LineBudget.PER_SECOND);
    assertThat(lines.getLast().get("event").stringValue()).isEqualTo("own");
  }

  @Test
  void levelDecidesWhatIsTold() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JulLog log = JulLog.takeOver(out, Level.INFO);
    log.tell(LogEvent.of(Level.DEBUG, "quiet"));
    log.tell(LogEvent.of(Level.INFO, "loud"));
    log.level(Level.ERROR);
    log.tell(LogEvent.of(Level.WARNING, "quiet"));
    log.level(Level.TRACE);
    log.tell(LogEvent.of(Level.TRACE, "whisper"));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .extracting(line -> JsonMapper.shared().readTree(line).get("event").stringValue())
        .containsExactly("loud", "whisper");
  }
}
