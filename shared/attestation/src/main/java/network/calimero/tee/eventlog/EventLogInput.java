package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event log, found by looking at a file: CCEL as it is or in base64, a dstack log as a JSON
 * array, or the JSON that a KMS ({@code eventLog}, {@code eventLogB64}) or a dstack agent ({@code
 * event_log}) answers with, at the top or under {@code data}.
 *
 * @param log what was found
 * @param field the path of the JSON field it was in; null if it was not in one
 * @param besideQuote whether that JSON has a quote too
 */
public record EventLogInput(EventLog log, @Nullable String field, boolean besideQuote) {
  /** The largest file that is looked at: 1 MiB. */
  public static final int MAX_FILE_SIZE = EventLog.MAX_SIZE;

  private static final List<String> JSON_FIELDS = List.of("eventLog", "event_log");
  private static final List<String> BASE64_FIELDS = List.of("eventLogB64", "event_log_b64");
  private static final List<String> QUOTE_FIELDS = List.of("quoteB64", "quote_b64", "quote");
  private static final String NESTING_FIELD = "data";

  /** A log and where it was. */
  private record Found(EventLog log, String field) {}

  /**
   * Looks for an event log.
   *
   * @param file everything that was read, at most {@link #MAX_FILE_SIZE} bytes
   * @throws EventLogFormatException if it is larger, there is none, or it is malformed
   */
  public static EventLogInput find(byte[] file) throws EventLogFormatException {
    if (file.length > MAX_FILE_SIZE) {
      throw EventLogFormatException.of(
          Fault.TOO_LARGE, file.length + " bytes", "at most " + MAX_FILE_SIZE);
    }
    Bytes bytes = Bytes.of(file);
    if (isBinary(bytes)) {
      return new EventLogInput(CcelLog.parse(bytes), null, false);
    }
    String text = new String(file, UTF_8).strip();
    if (text.isEmpty()) {
      throw EventLogFormatException.of(Fault.NOT_FOUND, "nothing", "an event log");
    }
    if (text.startsWith("[")) {
      return new EventLogInput(DstackLog.parse(bytes), null, false);
    }
    if (text.startsWith("{")) {
      return inAnswer(DstackLog.readJson(bytes));
    }
    return new EventLogInput(base64(text.replaceAll("\\s", ""), "the text"), null, false);
  }

  /** A table's header always holds zeros, which text never does. */
  private static boolean isBinary(Bytes file) {
    for (int i = 0; i < file.length(); i++) {
      if (file.byteAt(i) == 0) {
        return true;
      }
    }
    return false;
  }

  private static EventLogInput inAnswer(JsonNode answer) throws EventLogFormatException {
    List<Found> found = new ArrayList<>();
    collect(answer, "", found);
    boolean besideQuote = hasQuote(answer);
    @Nullable JsonNode nested = answer.get(NESTING_FIELD);
    if (nested != null) {
      collect(nested, NESTING_FIELD + ".", found);
      besideQuote |= hasQuote(nested);
    }
    Found only = onlyOne(found);
    return new EventLogInput(only.log(), only.field(), besideQuote);
  }

  private static boolean hasQuote(JsonNode object) {
    return QUOTE_FIELDS.stream().anyMatch(object::has);
  }

  private static void collect(JsonNode object, String path, List<Found> found)
      throws EventLogFormatException {
    for (String name : JSON_FIELDS) {
      @Nullable JsonNode value = object.get(name);
      if (value != null && value.isString()) {
        Bytes text = Bytes.of(value.stringValue().getBytes(UTF_8));
        found.add(new Found(DstackLog.parse(text), path + name));
      } else if (value != null) {
        found.add(new Found(DstackLog.of(value), path + name));
      }
    }
    for (String name : BASE64_FIELDS) {
      @Nullable JsonNode value = object.get(name);
      if (value != null && value.isString()) {
        found.add(new Found(base64(value.stringValue(), path + name), path + name));
      }
    }
  }

  /** A KMS without a dstack log answers with an empty one beside its CCEL. */
  private static Found onlyOne(List<Found> found) throws EventLogFormatException {
    List<Found> withEvents = found.stream().filter(it -> !it.log().events().isEmpty()).toList();
    List<Found> candidates = withEvents.isEmpty() ? found : withEvents;
    if (candidates.isEmpty()) {
      throw EventLogFormatException.of(
          Fault.NOT_FOUND, "JSON without one", "eventLog, eventLogB64 or event_log");
    }
    if (withEvents.size() > 1) {
      throw EventLogFormatException.of(
          Fault.NOT_FOUND,
          String.join(", ", withEvents.stream().map(Found::field).toList()),
          "one event log");
    }
    return candidates.getFirst();
  }

  private static CcelLog base64(String text, String where) throws EventLogFormatException {
    byte[] table;
    try {
      table = StrictBase64.decode(text, EventLog.MAX_SIZE);
    } catch (IllegalArgumentException e) {
      throw EventLogFormatException.of(
          Fault.NOT_FOUND, where + " that is not base64: " + e.getMessage(), "an event log");
    }
    return CcelLog.parse(Bytes.of(table));
  }
}
