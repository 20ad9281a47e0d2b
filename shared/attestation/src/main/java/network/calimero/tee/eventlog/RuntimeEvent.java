package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import network.calimero.tee.bytes.Bytes;

/** What dstack hashes of a run-time event (measurements.md, "Event logs"). */
final class RuntimeEvent {
  /** The event type of all run-time events. */
  static final long TYPE = 0x0800_0001;

  private RuntimeEvent() {}

  /** Version 1: {@code le32(type) ‖ ":" ‖ name ‖ ":" ‖ payload}. */
  static Bytes version1(String name, Bytes payload) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      text.write((int) (TYPE >>> shift));
    }
    text.write(':');
    text.writeBytes(name.getBytes(UTF_8));
    text.write(':');
    text.writeBytes(payload.toArray());
    return Bytes.of(text.toByteArray());
  }

  /** Version 2: canonical JSON (RFC 8785) of name, payload in hex, and type. */
  static Bytes version2(String name, Bytes payload) {
    StringBuilder json = new StringBuilder("{\"name\":\"");
    name.chars().forEach(c -> appendCanonical(json, (char) c));
    json.append("\",\"payload\":\"").append(payload.hex());
    json.append("\",\"type\":").append(TYPE).append('}');
    return Bytes.of(json.toString().getBytes(UTF_8));
  }

  /** RFC 8785 section 3.2.2.2: the short escapes, \\u00xx for other controls, all else as it is. */
  private static void appendCanonical(StringBuilder json, char c) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\b' -> json.append("\\b");
      case '\t' -> json.append("\\t");
      case '\n' -> json.append("\\n");
      case '\f' -> json.append("\\f");
      case '\r' -> json.append("\\r");
      default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
  }
}
