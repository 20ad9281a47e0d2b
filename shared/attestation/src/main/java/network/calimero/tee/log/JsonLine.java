package network.calimero.tee.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes events as one JSON object on one line: {@code ts}, {@code level}, {@code event}, and the
 * fields. JSON escapes line ends, so that no value can forge a line.
 *
 * <p>Uses the generator alone: the first line comes before anything else, and loading the mapper
 * takes longer than starting to listen.
 */
public final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_STACK = 8_000;

  private JsonLine() {}

  /** The line of an event, with its line end. */
  public static String of(Instant at, LogEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator line = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      line.writeStartObject();
      line.writeStringProperty("ts", at.toString());
      line.writeStringProperty("level", name(event.level()));
      line.writeStringProperty("event", event.name());
      event
          .fields()
          .forEach((name, value) -> {
            line.writeName(name);
            writeValue(value, line);
          });
      writeCause(event.cause(), line);
      line.writeEndObject();
    }
    return text.append('\n').toString();
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
