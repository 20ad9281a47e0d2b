package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.eventlog.DstackLog;
import network.calimero.tee.eventlog.EventLog;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.LoggedEvent;
import network.calimero.tee.eventlog.Register;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.quote.Measurement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The log of what was measured into RTMR3 since the boot: a JSON object {@code {"event","payload"
 * (base64),"version"?}} a line (kms-config.md, "Start-up").
 */
final class RuntimeEventLog {
  /** The largest that is looked at: 1 MiB. */
  static final int MAX_SIZE = EventLog.MAX_SIZE;

  private static final int MAX_DEPTH = 4;
  private static final int MAX_DIGITS = 20;
  private static final int RTMR3 = 3;
  private static final int RUNTIME_EVENT = 0x0800_0001;
  private static final JsonMapper JSON = StrictJson.mapper(MAX_DEPTH, MAX_SIZE, MAX_DIGITS);

  /** The entries, as dstack's agent would list them. */
  private final ArrayNode entries;

  private final DstackLog log;

  /** The last line, if it is not ended by a line feed. */
  private final String open;

  private RuntimeEventLog(ArrayNode entries, String open) throws MalformedAnswer {
    this.entries = entries;
    this.log = replayable(entries);
    this.open = open;
  }

  /**
   * Reads a log.
   *
   * @throws MalformedAnswer if it is none
   */
  static RuntimeEventLog parse(byte[] content) throws MalformedAnswer {
    String text = new String(content, UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    ArrayNode entries = JSON.createArrayNode();
    for (String line : text.substring(0, end).lines().toList()) {
      if (!line.isBlank()) {
        entries.add(entry(line));
      }
    }
    return new RuntimeEventLog(entries, text.substring(end));
  }

  private static ObjectNode entry(String line) throws MalformedAnswer {
    try {
      JsonNode object = JSON.readTree(line);
      byte[] payload = StrictBase64.decode(object.required("payload").stringValue(), MAX_SIZE);
      ObjectNode entry = entry(object.required("event").stringValue(), payload);
      if (object.has("version")) {
        entry.set("version", object.get("version"));
      }
      return entry;
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedAnswer("a line is no run-time event");
    }
  }

  private static ObjectNode entry(String name, byte[] payload) {
    return JSON.createObjectNode()
        .put("imr", RTMR3)
        .put("event_type", RUNTIME_EVENT)
        .put("event", name)
        .put("event_payload", Hex.encode(payload));
  }

  private static DstackLog replayable(ArrayNode entries) throws MalformedAnswer {
    try {
      return DstackLog.of(entries);
    } catch (EventLogFormatException e) {
      throw new MalformedAnswer(String.valueOf(e.getMessage()));
    }
  }

  /** What the events of that name say. */
  List<Bytes> payloads(String name) {
    return log.events().stream()
        .filter(event -> event.name().equals(name))
        .map(LoggedEvent::payload)
        .toList();
  }

  /** Whether the last line was begun and not ended. */
  boolean isTorn() {
    return !open.isEmpty();
  }

  /** What RTMR3 holds if the log is true. */
  Measurement rtmr3() {
    return Replay.of(log).value(Register.RTMR3);
  }

  /** The same with one more event. */
  RuntimeEventLog with(AppEvent event) throws MalformedAnswer {
    ArrayNode more = entries.deepCopy().add(entry(event.name(), event.payloadBytes()));
    return new RuntimeEventLog(more, "");
  }

  /** What RTMR3 is extended with by the last event. */
  Measurement lastDigest() {
    return log.events().getLast().digest();
  }

  /** What is still to be written of the line of an event; empty if another line was begun. */
  Optional<byte[]> rest(AppEvent event) {
    String line =
        JSON.writeValueAsString(
                JSON.createObjectNode()
                    .put("event", event.name())
                    .put("payload", StrictBase64.encode(event.payloadBytes())))
            + "\n";
    return line.startsWith(open)
        ? Optional.of(line.substring(open.length()).getBytes(UTF_8))
        : Optional.empty();
  }
}
