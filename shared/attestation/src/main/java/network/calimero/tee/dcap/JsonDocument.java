package network.calimero.tee.dcap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Strict readers of the JSON that Intel signs: bounded, no key twice, nothing after the end. */
final class JsonDocument {
  /** Intel's TCB info has about 25 KiB. */
  static final int MAX_SIZE = 1024 * 1024;

  private static final int MAX_ELEMENTS = 1024;
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

  private static final JsonMapper MAPPER = StrictJson.mapper(16, 64 * 1024, 20);

  private JsonDocument() {}

  static JsonNode parse(Bytes text) throws MalformedException {
    if (text.length() > MAX_SIZE) {
      throw new MalformedException("document of " + text.length() + " bytes");
    }
    try {
      JsonNode root = MAPPER.readTree(text.toArray());
      if (root == null || !root.isObject()) {
        throw new MalformedException("document is not a JSON object");
      }
      return root;
    } catch (JacksonException e) {
      throw new MalformedException("not JSON: " + StrictJson.why(e));
    }
  }

  static JsonNode object(JsonNode parent, String key) throws MalformedException {
    JsonNode node = parent.get(key);
    if (node == null || !node.isObject()) {
      throw new MalformedException("\"" + key + "\" is not an object");
    }
    return node;
  }

  /** A non-empty array. */
  static List<JsonNode> objects(JsonNode parent, String key) throws MalformedException {
    JsonNode node = parent.get(key);
    if (node == null || !node.isArray() || node.isEmpty() || node.size() > MAX_ELEMENTS) {
      throw new MalformedException("\"" + key + "\" is not a list of 1 to " + MAX_ELEMENTS);
    }
    List<JsonNode> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (!element.isObject()) {
        throw new MalformedException("\"" + key + "\" holds something else than objects");
      }
      elements.add(element);
    }
    return elements;
  }

  static String text(JsonNode parent, String key) throws MalformedException {
    JsonNode node = parent.get(key);
    if (node == null || !node.isString()) {
      throw new MalformedException("\"" + key + "\" is not a text");
    }
    return node.stringValue();
  }

  static int number(JsonNode parent, String key, int max) throws MalformedException {
    JsonNode node = parent.get(key);
    if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new MalformedException("\"" + key + "\" is not a whole number");
    }
    int value = node.intValue();
    if (value < 0 || value > max) {
      throw new MalformedException("\"" + key + "\" is " + value + ", outside 0 to " + max);
    }
    return value;
  }

  static Bytes hex(JsonNode parent, String key, int length) throws MalformedException {
    String text = text(parent, key);
    if (text.length() != 2 * length) {
      throw new MalformedException("\"" + key + "\" is not " + length + " bytes in hex");
    }
    try {
      return Bytes.fromHex(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("\"" + key + "\" is not hex");
    }
  }

  /** A time in the only form that Intel writes: {@code 2026-01-31T23:59:59Z}. */
  static Instant time(JsonNode parent, String key) throws MalformedException {
    String text = text(parent, key);
    if (!TIME.matcher(text).matches()) {
      throw new MalformedException("\"" + key + "\" is not a time like 2026-01-31T23:59:59Z");
    }
    try {
      return LocalDateTime.parse(text.substring(0, 19)).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedException("\"" + key + "\" is not a time like 2026-01-31T23:59:59Z");
    }
  }

  /** Texts of an optional array; absent: none. */
  static List<String> optionalTexts(JsonNode parent, String key) throws MalformedException {
    JsonNode node = parent.get(key);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray() || node.size() > MAX_ELEMENTS) {
      throw new MalformedException("\"" + key + "\" is not a list of texts");
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (!element.isString()) {
        throw new MalformedException("\"" + key + "\" is not a list of texts");
      }
      texts.add(element.stringValue());
    }
    return List.copyOf(texts);
  }

  static TcbStatus status(JsonNode parent) throws MalformedException {
    String text = text(parent, "tcbStatus");
    return TcbStatus.of(text)
        .orElseThrow(() -> new MalformedException("unknown TCB status \"" + text + "\""));
  }
}
