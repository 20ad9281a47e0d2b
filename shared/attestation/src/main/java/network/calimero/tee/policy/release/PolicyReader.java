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
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads policy documents field by field; what it does not know, it ignores. */
final class PolicyReader {
  private static final JsonMapper JSON = StrictJson.mapper(16, 64 * 1024, 20);
  private static final int MAX_VALUES = 1024;
  private static final int COMPOSE_HASH_SIZE = 32;
  private static final int NEWEST_SCHEMA = 2;
  private static final Set<String> USABLE = Set.of("approved", "released");

  /** How one value of a list is read; says what is wrong in its exception's message. */
  private interface Value<T> {
    T read(String text);
  }

  private PolicyReader() {}

  static PolicyDocument read(Bytes text) throws PolicyDocumentException {
    JsonNode root = tree(text);
    refuseUnknownSchema(root);
    refuseUnusable(root);
    JsonNode lists = root.get("policy");
    if (lists == null || !lists.isObject()) {
      throw new PolicyDocumentException("policy", lists == null ? "missing" : "not an object");
    }
    return new PolicyDocument(
        tag(root),
        text(root, "role"),
        text(root, "profile"),
        values(lists, "node_"),
        values(lists, "kms_"),
        list(lists, "kms_allowed_event_payload", PolicyReader::composeHash)
            .map(AllowedList::values)
            .orElse(Set.of()));
  }

  private static JsonNode tree(Bytes text) throws PolicyDocumentException {
    if (text.length() > PolicyDocument.MAX_SIZE) {
      throw new PolicyDocumentException(
          "document", "more than " + PolicyDocument.MAX_SIZE + " bytes");
    }
    try {
      JsonNode root = JSON.readTree(text.toArray());
      if (root == null || !root.isObject()) {
        throw new PolicyDocumentException("document", "not a JSON object");
      }
      return root;
    } catch (JacksonException e) {
      throw new PolicyDocumentException("document", "not JSON: " + StrictJson.why(e));
    }
  }

  private static void refuseUnknownSchema(JsonNode root) throws PolicyDocumentException {
    JsonNode schema = root.get("schema_version");
    if (schema == null) {
      return;
    }
    boolean known =
        schema.isIntegralNumber()
            && schema.canConvertToInt()
            && schema.intValue() >= 1
            && schema.intValue() <= NEWEST_SCHEMA;
    if (!known) {
      throw new PolicyDocumentException("schema_version", "neither 1 nor 2");
    }
  }

  /** Releases 2.1.x had their policies approved by people. */
  private static void refuseUnusable(JsonNode root) throws PolicyDocumentException {
    Optional<String> status = text(root, "status");
    if (status.isPresent() && !USABLE.contains(status.get().toLowerCase(Locale.ROOT))) {
      throw new PolicyDocumentException(
          "status", "it is \"" + status.get() + "\", neither approved nor released");
    }
  }

  /** Releases 2.1.x spell it {@code release_tag}. */
  private static ReleaseVersion tag(JsonNode root) throws PolicyDocumentException {
    Optional<ReleaseVersion> tag = version(root, "tag");
    Optional<ReleaseVersion> older = version(root, "release_tag");
    if (tag.isPresent() && older.isPresent() && !tag.equals(older)) {
      throw new PolicyDocumentException("release_tag", "it contradicts tag");
    }
    return tag.or(() -> older).orElseThrow(() -> new PolicyDocumentException("tag", "missing"));
  }

  private static Optional<ReleaseVersion> version(JsonNode root, String field)
      throws PolicyDocumentException {
    Optional<String> text = text(root, field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<ReleaseVersion> version = ReleaseVersion.of(text.get());
    if (version.isEmpty()) {
      throw new PolicyDocumentException(
          field, "\"" + text.get() + "\" is no version of the form X.Y.Z");
    }
    return version;
  }

  private static Optional<String> text(JsonNode root, String field) throws PolicyDocumentException {
    JsonNode node = root.get(field);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new PolicyDocumentException(field, "not a text");
    }
    return Optional.of(node.stringValue());
  }

  private static AllowedValues values(JsonNode lists, String prefix)
      throws PolicyDocumentException {
    AllowedList<TcbStatus> statuses =
        prefixed(lists, prefix, "allowed_tcb_statuses", PolicyReader::status)
            .orElse(new AllowedList<>("", Set.of(TcbStatus.UP_TO_DATE)));
    Map<Register, AllowedList<Measurement>> registers = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      String name = "allowed_" + register.name().toLowerCase(Locale.ROOT);
      registers.put(
          register,
          prefixed(lists, prefix, name, PolicyReader::measurement)
              .orElse(new AllowedList<>(field(prefix + name), Set.of())));
    }
    return new AllowedValues(statuses, registers);
  }

  /** Older documents have one list for both roles; an empty list of the role's own is still it. */
  private static <T> Optional<AllowedList<T>> prefixed(
      JsonNode lists, String prefix, String name, Value<T> value) throws PolicyDocumentException {
    Optional<AllowedList<T>> own = list(lists, prefix + name, value);
    return own.isPresent() ? own : list(lists, name, value);
  }

  private static <T> Optional<AllowedList<T>> list(JsonNode lists, String name, Value<T> value)
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

  private static String field(String name) {
    return "policy." + name;
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
