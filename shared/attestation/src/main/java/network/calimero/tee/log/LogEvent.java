package network.calimero.tee.log;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. Holds no secret, no key and no quote: callers see to that.
 *
 * @param name dotted and constant, so that machines can look for it
 * @param fields in their order; texts, numbers, booleans, and lists of them
 * @param cause what led to it, written out in full
 */
public record LogEvent(
    Level level, String name, Map<String, Object> fields, @Nullable Throwable cause) {

  /** Keeps a copy of the fields. */
  public LogEvent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An event without fields. */
  public static LogEvent of(Level level, String name) {
    return new LogEvent(level, name, Map.of(), null);
  }

  /** The same with one more field. */
  public LogEvent with(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new LogEvent(level, name, more, cause);
  }

  /** The same with what led to it. */
  public LogEvent causedBy(Throwable why) {
    return new LogEvent(level, name, fields, why);
  }
}
