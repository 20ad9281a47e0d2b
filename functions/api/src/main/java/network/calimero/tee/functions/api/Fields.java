package network.calimero.tee.functions.api;

import java.util.Base64;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object from a stranger, with clear refusals. A field may be known by several
 * names, of which one is used; null counts as absent; fields that nobody asks for are ignored.
 */
public final class Fields {
  private final ObjectNode object;

  /** The fields of that object. */
  public Fields(ObjectNode object) {
    this.object = object;
  }

  /** The object itself. */
  public ObjectNode object() {
    return object;
  }

  /** Whether a field is there under any of its names. */
  public boolean has(String name, String... otherNames) throws ApiException {
    return find(name, otherNames).isPresent();
  }

  /** A text that must be there. */
  public String text(String name, String... otherNames) throws ApiException {
    return findText(name, otherNames).orElseThrow(() -> invalid(name + " is missing"));
  }

  /** A text that may be there. */
  public Optional<String> findText(String name, String... otherNames) throws ApiException {
    Optional<JsonNode> value = find(name, otherNames);
    if (value.isPresent() && !value.get().isString()) {
      throw invalid(name + " is not a text");
    }
    return value.map(JsonNode::stringValue);
  }

  /** A flag; false if it is not there. */
  public boolean flag(String name, String... otherNames) throws ApiException {
    Optional<JsonNode> value = find(name, otherNames);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw invalid(name + " is neither true nor false");
    }
    return value.isPresent() && value.get().booleanValue();
  }

  /** An object that may be there. */
  public Optional<ObjectNode> findObject(String name, String... otherNames) throws ApiException {
    Optional<JsonNode> value = find(name, otherNames);
    if (value.isPresent() && !value.get().isObject()) {
      throw invalid(name + " is not an object");
    }
    return value.map(JsonNode::asObject);
  }

  /**
   * Base64 of exactly that many bytes, which may be there.
   *
   * @param size bytes
   */
  public Optional<Bytes> findBase64(int size, String name, String... otherNames)
      throws ApiException {
    Optional<String> text = findText(name, otherNames);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = null;
    if (text.get().length() == (size + 2) / 3 * 4) {
      try {
        bytes = Base64.getDecoder().decode(text.get());
      } catch (IllegalArgumentException _) {
        // Said below.
      }
    }
    if (bytes == null || bytes.length != size) {
      throw invalid("%s is not base64 of %d bytes".formatted(name, size));
    }
    return Optional.of(Bytes.of(bytes));
  }

  private Optional<JsonNode> find(String name, String... otherNames) throws ApiException {
    Optional<JsonNode> found = value(name);
    for (String other : otherNames) {
      Optional<JsonNode> also = value(other);
      if (found.isPresent() && also.isPresent()) {
        throw invalid("there are both %s and %s".formatted(name, other));
      }
      found = found.or(() -> also);
    }
    return found;
  }

  private Optional<JsonNode> value(String name) {
    return object.optional(name).filter(value -> !value.isNull());
  }

  private static ApiException invalid(String found) {
    return new ApiException(ApiProblem.INVALID_FIELD, found);
  }
}
