package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import tools.jackson.databind.JsonNode;

/**
 * An entry of the transparency log Rekor and the log's promise that it took it in.
 *
 * @param body what the log has, base64 as it was sent: the promise is over this text
 * @param integratedTime when the log took it in, whole seconds
 * @param logIndex its number over all shards of the log
 * @param logId SHA-256 over the public key of the log, 32 bytes
 * @param promise the signed entry timestamp: DER of an ECDSA signature
 */
public record LogEntry(
    String body, Instant integratedTime, long logIndex, Bytes logId, Bytes promise) {
  static final int MAX_PROMISE = 256;

  /** The most that {@link #parseLookup} reads. */
  public static final int MAX_LOOKUP = 1024 * 1024;

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_ENTRIES = 100;
  private static final int LOG_ID_SIZE = 32;

  /** The year 9999 ends there. */
  private static final long MAX_TIME = 253_402_300_799L;

  /**
   * Reads what Rekor answers when asked for entries: {@code {uuid: entry}} or a list of such.
   *
   * @return in their order; may be none
   * @throws SignatureRefusedException if it is something else, or too long
   */
  public static List<LogEntry> parseLookup(Bytes answer) throws SignatureRefusedException {
    try {
      JsonNode tree = JsonFields.tree(answer, MAX_LOOKUP);
      List<LogEntry> entries = new ArrayList<>();
      for (JsonNode one : tree.isArray() ? tree : List.of(tree)) {
        addAll(entries, JsonFields.of(one, ""));
      }
      return List.copyOf(entries);
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.LOG_ANSWER_MALFORMED, "the log's answer cannot be read", e.reason(), "");
    }
  }

  private static void addAll(List<LogEntry> entries, JsonFields byUuid) throws MalformedException {
    for (String uuid : byUuid.names()) {
      if (entries.size() == MAX_ENTRIES) {
        throw new MalformedException("more than " + MAX_ENTRIES + " entries");
      }
      JsonFields entry = byUuid.object(uuid);
      entries.add(
          of(entry, entry.object("verification").base64("signedEntryTimestamp", MAX_PROMISE)));
    }
  }

  /** Reads the four fields that a promise is over. */
  static LogEntry of(JsonFields payload, Bytes promise) throws MalformedException {
    String body = payload.text("body");
    JsonFields.base64("body", body, MAX_BODY);
    long time = payload.number("integratedTime");
    if (time > MAX_TIME) {
      throw new MalformedException("\"integratedTime\" is after the year 9999");
    }
    return new LogEntry(
        body,
        Instant.ofEpochSecond(time),
        payload.number("logIndex"),
        payload.hex("logID", LOG_ID_SIZE),
        promise);
  }

  /** What the log signed: its JSON in canonical form (RFC 8785); nothing in it needs escaping. */
  String promised() {
    return "{\"body\":\""
        + body
        + "\",\"integratedTime\":"
        + integratedTime.getEpochSecond()
        + ",\"logID\":\""
        + logId.hex()
        + "\",\"logIndex\":"
        + logIndex
        + "}";
  }
}
