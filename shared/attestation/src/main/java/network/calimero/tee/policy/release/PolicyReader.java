package network.calimero.tee.policy.release;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads policy documents field by field; what it does not know, it ignores. */
final class PolicyReader {
  private static final JsonMapper JSON = StrictJson.mapper(16, 64 * 1024, 20);
  private static final int NEWEST_SCHEMA = 2;
  private static final Set<String> USABLE = Set.of("approved", "released");

  private PolicyReader() {}

  static PolicyDocument read(Bytes text) throws PolicyDocumentException {
    JsonNode root = tree(text);
    refuseUnknownSchema(root);
    refuseUnusable(root);
    JsonNode lists = root.get("policy");
    if (lists == null || !lists.isObject()) {
      throw new PolicyDocumentException("policy", lists == null ? "missing" : "not an object");
    }
    ListReader reader = new ListReader(lists, "policy");
    return new PolicyDocument(
        tag(root),
        text(root, "role"),
        text(root, "profile"),
        reader.values("node_"),
        reader.values("kms_"),
        reader.composeHashes());
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
}
