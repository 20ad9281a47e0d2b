package network.calimero.tee.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.bytes.StrictBase64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a JSON object, read strictly: what is not of the right type is an error. */
public final class JsonFields {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 512 * 1024;
  private static final int MAX_DIGITS = 18;
  private static final int MAX_NAME = 40;
  private static final JsonMapper MAPPER = StrictJson.mapper(MAX_DEPTH, MAX_TEXT, MAX_DIGITS);

  private final JsonNode object;
  private final String path;

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** Reads a document that is an object, of at most that many bytes. */
  public static JsonFields parse(Bytes json, int maxSize) throws MalformedException {
    return of(tree(json, maxSize), "");
  }

  /** Reads a document of at most that many bytes. */
  public static JsonNode tree(Bytes json, int maxSize) throws MalformedException {
    if (json.length() > maxSize) {
      throw new MalformedException(
          "%d bytes, more than the %d allowed".formatted(json.length(), maxSize));
    }
    try {
      return MAPPER.readTree(json.toArray());
    } catch (JacksonException e) {
      throw new MalformedException("not JSON: " + StrictJson.why(e));
    }
  }

  /** A value that must be an object; errors name it by that path. */
  public static JsonFields of(JsonNode value, String path) throws MalformedException {
    if (!value.isObject()) {
      throw new MalformedException(
          path.isEmpty() ? "not a JSON object" : "\"" + path + "\" is not an object");
    }
    return new JsonFields(value, path);
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether there is such a field, perhaps null. */
  public boolean has(String name) {
    return object.get(name) != null;
  }

  /** The object itself, for readers of another kind. */
  public JsonNode tree() {
    return object;
  }

  /** Where it is in the document, and there a field; empty is the document itself. */
  public String path() {
    return path;
  }

  private JsonNode required(String name) throws MalformedException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new MalformedException("\"" + path(name) + "\" is missing");
    }
    return value;
  }

  /** Refuses fields of other names: a form that is finished gets no new ones. */
  public JsonFields only(Set<String> names) throws MalformedException {
    for (String name : object.propertyNames()) {
      if (!names.contains(name)) {
        throw new MalformedException(
            "\"%s\" does not belong there".formatted(PlainText.bounded(path(name), MAX_NAME)));
      }
    }
    return this;
  }

  /** The names of the fields, in their order. */
  public List<String> names() {
    return List.copyOf(object.propertyNames());
  }

  /** An object. */
  public JsonFields object(String name) throws MalformedException {
    return of(required(name), path(name));
  }

  /** The objects of a list of at most that many; absent: none. */
  public List<JsonFields> objects(String name, int max) throws MalformedException {
    JsonNode list = object.get(name);
    if (list == null) {
      return List.of();
    }
    if (!list.isArray() || list.size() > max) {
      throw new MalformedException("\"%s\" is not a list of up to %d".formatted(path(name), max));
    }
    List<JsonFields> elements = new ArrayList<>();
    for (JsonNode element : list) {
      elements.add(of(element, "%s[%d]".formatted(path(name), elements.size())));
    }
    return List.copyOf(elements);
  }

  /** A text. */
  public String text(String name) throws MalformedException {
    JsonNode value = required(name);
    if (!value.isString()) {
      throw new MalformedException("\"" + path(name) + "\" is not a text");
    }
    return value.stringValue();
  }

  /** A text that may be absent: writers of protocol buffers may say null for what is not there. */
  public Optional<String> optionalText(String name) throws MalformedException {
    return object.hasNonNull(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** Refuses any other text. */
  public void requireText(String name, String expected) throws MalformedException {
    if (!text(name).equals(expected)) {
      throw new MalformedException("\"%s\" is not \"%s\"".formatted(path(name), expected));
    }
  }

  /** A whole number of 0 or more. */
  public long number(String name) throws MalformedException {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new MalformedException("\"" + path(name) + "\" is not a whole number from 0");
    }
    return value.longValue();
  }

  /** At most that many bytes, in base64 of the one spelling that they have. */
  public Bytes base64(String name, int maxBytes) throws MalformedException {
    return base64(path(name), text(name), maxBytes);
  }

  /** The same of a text from elsewhere, called that in what is wrong. */
  public static Bytes base64(String what, String text, int maxBytes) throws MalformedException {
    try {
      return Bytes.of(StrictBase64.decode(text, maxBytes));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("\"%s\": %s".formatted(what, e.getMessage()));
    }
  }

  /** That many bytes in lower-case hex. */
  public Bytes hex(String name, int bytes) throws MalformedException {
    String text = text(name);
    if (text.length() != 2 * bytes || !text.matches("[0-9a-f]*")) {
      throw new MalformedException(
          "\"%s\" is not %d bytes in lower-case hex".formatted(path(name), bytes));
    }
    return Bytes.fromHex(text);
  }
}
