package network.calimero.tee.eventlog;

import network.calimero.tee.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a dstack guest gets its keys from, as it measured it when it booted: the payload of event
 * {@code key-provider}, {@code {"name":…,"id":…}}.
 *
 * @param name its kind, such as {@code kms} or {@code local-sgx}
 * @param id which one of that kind, in hex as a rule; empty if there is no telling
 */
public record KeyProvider(String name, String id) {

  /** Null if the payload is none. */
  static @Nullable KeyProvider read(Bytes payload) {
    JsonNode json;
    try {
      json = DstackLog.readJson(payload);
    } catch (EventLogFormatException e) {
      return null;
    }
    @Nullable JsonNode name = json.get("name");
    @Nullable JsonNode id = json.get("id");
    if (name == null || !name.isString() || name.stringValue().isEmpty()) {
      return null;
    }
    if (id == null || id.isNull()) {
      return new KeyProvider(name.stringValue(), "");
    }
    return id.isString() ? new KeyProvider(name.stringValue(), id.stringValue()) : null;
  }
}
