package network.calimero.tee.eventlog;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The event log of a dstack guest: a JSON array of events (measurements.md, "Event logs").
 *
 * <p>The digests of run-time events are computed from what the events say; one that is given must
 * be the same. The other events' digests are the log's word.
 */
public final class DstackLog implements EventLog {
  /** Nothing twice, nothing after the end, nothing deep. */
  private static final JsonMapper MAPPER = StrictJson.mapper(16, MAX_SIZE, 20);

  private final List<LoggedEvent> events;

  private DstackLog(List<LoggedEvent> events) {
    this.events = List.copyOf(events);
  }

  /**
   * Reads a log.
   *
   * @param json UTF-8 text, at most {@link #MAX_SIZE} bytes
   * @throws EventLogFormatException if it is not a log, or an event contradicts itself
   */
  public static DstackLog parse(Bytes json) throws EventLogFormatException {
    return of(readJson(json));
  }

  /**
   * Reads a log that came inside another document.
   *
   * @param array the events
   * @throws EventLogFormatException if it is not a log, or an event contradicts itself
   */
  public static DstackLog of(JsonNode array) throws EventLogFormatException {
    if (!array.isArray()) {
      throw EventLogFormatException.of(
          Fault.MALFORMED_JSON, "something else", "a JSON array of events");
    }
    if (array.size() > MAX_EVENTS) {
      throw EventLogFormatException.of(
          Fault.TOO_MANY_EVENTS, array.size() + " events", "at most " + MAX_EVENTS);
    }
    List<LoggedEvent> events = new ArrayList<>(array.size());
    for (JsonNode event : array) {
      events.add(new DstackEventReader(events.size(), event).read());
    }
    return new DstackLog(events);
  }

  static JsonNode readJson(Bytes json) throws EventLogFormatException {
    if (json.length() > MAX_SIZE) {
      throw EventLogFormatException.of(
          Fault.TOO_LARGE, json.length() + " bytes", "at most " + MAX_SIZE);
    }
    try {
      return MAPPER.readTree(json.toArray());
    } catch (JacksonException e) {
      throw EventLogFormatException.of(
          Fault.MALFORMED_JSON, String.valueOf(e.getOriginalMessage()), "JSON");
    }
  }

  @Override
  public List<LoggedEvent> events() {
    return events;
  }

  @Override
  public String kind() {
    return "dstack log";
  }
}
