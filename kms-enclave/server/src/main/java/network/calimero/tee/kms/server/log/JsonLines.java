package network.calimero.tee.kms.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes every record as one JSON object on one line: {@code ts}, {@code level}, {@code event}, and
 * its fields. JSON escapes line ends, so that no value can forge a line.
 *
 * <p>Uses the generator alone: the first line comes before anything else, and loading the mapper
 * takes longer than starting to listen.
 */
final class JsonLines extends Formatter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_STACK = 8_000;

  @Override
  public String format(LogRecord logRecord) {
    StringWriter text = new StringWriter();
    try (JsonGenerator line = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      line.writeStartObject();
      line.writeStringProperty("ts", logRecord.getInstant().toString());
      write(logRecord, line);
      line.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private void write(LogRecord logRecord, JsonGenerator line) {
    Object[] parameters = logRecord.getParameters();
    if (parameters != null && parameters.length == 1 && parameters[0] instanceof LogEvent event) {
      write(event, line);
    } else {
      writeForeign(logRecord, line);
    }
  }

  private static void write(LogEvent event, JsonGenerator line) {
    line.writeStringProperty("level", name(event.level()));
    line.writeStringProperty("event", event.name());
    event
        .fields()
        .forEach((name, value) -> {
          line.writeName(name);
          writeValue(value, line);
        });
    writeCause(event.cause(), line);
  }

  private static void writeValue(Object value, JsonGenerator line) {
    switch (value) {
      case Boolean flag -> line.writeBoolean(flag);
      case Integer number -> line.writeNumber(number);
      case Long number -> line.writeNumber(number);
      case Collection<?> items -> {
        line.writeStartArray();
        items.forEach(item -> writeValue(item, line));
        line.writeEndArray();
      }
      default -> line.writeString(value.toString());
    }
  }

  /** What libraries log. */
  private void writeForeign(LogRecord logRecord, JsonGenerator line) {
    line.writeStringProperty("level", name(Levels.fromJul(logRecord.getLevel())));
    line.writeStringProperty("event", "library");
    line.writeStringProperty("logger", String.valueOf(logRecord.getLoggerName()));
    line.writeStringProperty("message", formatMessage(logRecord));
    writeCause(logRecord.getThrown(), line);
  }

  private static void writeCause(@Nullable Throwable cause, JsonGenerator line) {
    if (cause == null) {
      return;
    }
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    String stack = text.toString();
    line.writeStringProperty(
        "cause", stack.length() <= MAX_STACK ? stack : stack.substring(0, MAX_STACK) + "…");
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
