package network.calimero.tee.kms.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes every record as one JSON object on one line: {@code ts}, {@code level}, {@code event}, and
 * its fields. JSON escapes line ends, so that no value can forge a line.
 */
final class JsonLines extends Formatter {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_STACK = 8_000;

  @Override
  public String format(LogRecord logRecord) {
    ObjectNode line = JSON.createObjectNode();
    line.put("ts", logRecord.getInstant().toString());
    Object[] parameters = logRecord.getParameters();
    if (parameters != null && parameters.length == 1 && parameters[0] instanceof LogEvent event) {
      write(event, line);
    } else {
      writeForeign(logRecord, line);
    }
    return line + "\n";
  }

  private static void write(LogEvent event, ObjectNode line) {
    line.put("level", name(event.level()));
    line.put("event", event.name());
    event.fields().forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
    writeCause(event.cause(), line);
  }

  /** What libraries log. */
  private void writeForeign(LogRecord logRecord, ObjectNode line) {
    line.put("level", name(Levels.fromJul(logRecord.getLevel())));
    line.put("event", "library");
    line.put("logger", logRecord.getLoggerName());
    line.put("message", formatMessage(logRecord));
    writeCause(logRecord.getThrown(), line);
  }

  private static void writeCause(@Nullable Throwable cause, ObjectNode line) {
    if (cause == null) {
      return;
    }
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    String stack = text.toString();
    line.put("cause", stack.length() <= MAX_STACK ? stack : stack.substring(0, MAX_STACK) + "…");
  }

  private static String name(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warn";
      case INFO -> "info";
      case DEBUG -> "debug";
      case TRACE, ALL, OFF -> "trace";
    };
  }
}
