package network.calimero.tee.policy.release;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import tools.jackson.databind.JsonNode;

/**
 * Reads the lists of one object of a document, in any of the documents of a release.
 *
 * @param lists the object that has them
 * @param path of that object in the document, for people
 */
public record ListReader(JsonNode lists, String path) {
  private static final int MAX_VALUES = 1024;
  private static final int COMPOSE_HASH_SIZE = 32;

  /** How one value of a list is read; says what is wrong in its exception's message. */
  private interface Value<T> {
    T read(String text);
  }

  /**
   * The lists of one role.
   *
   * @param prefix {@code kms_} or {@code node_}: a list that is missing is the one without prefix,
   *     as older documents have it for both; empty for that one alone
   * @throws PolicyDocumentException if a list is mistyped or has a value that is none
   */
  public AllowedValues values(String prefix) throws PolicyDocumentException {
    AllowedList<TcbStatus> statuses =
        prefixed(prefix, "allowed_tcb_statuses", ListReader::status)
            .orElse(new AllowedList<>("", Set.of(TcbStatus.UP_TO_DATE)));
    Map<Register, AllowedList<Measurement>> registers = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      String name = "allowed_" + register.name().toLowerCase(Locale.ROOT);
      registers.put(
          register,
          prefixed(prefix, name, ListReader::measurement)
              .orElse(new AllowedList<>(field(prefix + name), Set.of())));
    }
    return new AllowedValues(statuses, registers);
  }

  /**
   * The compose hashes of a KMS, 32 bytes each; empty if there is no such list.
   *
   * @throws PolicyDocumentException if it is mistyped or has a value that is none
   */
  public Optional<AllowedList<Bytes>> composeHashes() throws PolicyDocumentException {
    return list("kms_allowed_event_payload", ListReader::composeHash);
  }

  /** Older documents have one list for both roles; an empty list of the role's own is still it. */
  private <T> Optional<AllowedList<T>> prefixed(String prefix, String name, Value<T> value)
      throws PolicyDocumentException {
    Optional<AllowedList<T>> own = list(prefix + name, value);
    return own.isPresent() ? own : list(name, value);
  }

  private <T> Optional<AllowedList<T>> list(String name, Value<T> value)
      throws PolicyDocumentException {
    JsonNode node = lists.get(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isArray() || node.size() > MAX_VALUES) {
      throw new PolicyDocumentException(
          field(name), "not a list of at most " + MAX_VALUES + " texts");
    }
    Set<T> values = new LinkedHashSet<>();
    for (int i = 0; i < node.size(); i++) {
      String where = field(name) + "[" + i + "]";
      if (!node.get(i).isString()) {
        throw new PolicyDocumentException(where, "not a text");
      }
      values.add(value(node.get(i).stringValue(), where, value));
    }
    return Optional.of(new AllowedList<>(field(name), values));
  }

  private static <T> T value(String text, String where, Value<T> value)
      throws PolicyDocumentException {
    try {
      return value.read(text);
    } catch (IllegalArgumentException e) {
      throw new PolicyDocumentException(where, String.valueOf(e.getMessage()));
    }
  }

  private String field(String name) {
    return path + "." + name;
  }

  private static Measurement measurement(String text) {
    return Measurement.of(Hex.decode(text, Measurement.SIZE));
  }

  private static Bytes composeHash(String text) {
    return Bytes.of(Hex.decode(text, COMPOSE_HASH_SIZE));
  }

  private static TcbStatus status(String text) {
    TcbStatus status =
        TcbStatus.ofAnyCase(text)
            .orElseThrow(
                () -> new IllegalArgumentException("\"" + text + "\" is no TCB status of Intel's"));
    if (status == TcbStatus.REVOKED) {
      throw new IllegalArgumentException("\"" + text + "\" is rejected whatever a policy says");
    }
    return status;
  }
}
