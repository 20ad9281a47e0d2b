package network.calimero.tee.functions.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a JSON value looks like, in the part of JSON Schema 2020-12 that OpenAPI 3.1 uses and these
 * endpoints need. Cannot change; every method makes another one.
 */
public final class Schema {
  private static final String ADDITIONAL = "additionalProperties";

  private final ObjectNode node;
  private final Map<String, Schema> named;

  private Schema(ObjectNode node, Map<String, Schema> named) {
    this.node = node;
    this.named = named;
  }

  private static Schema of(String type) {
    return new Schema(JsonMapper.shared().createObjectNode().put("type", type), Map.of());
  }

  /** Any text. */
  public static Schema text() {
    return of("string");
  }

  /** A text that matches as a whole. */
  public static Schema text(String pattern) {
    return text().put("pattern", StringNode.valueOf("^(?:" + pattern + ")$"));
  }

  /** Lower-case hex of that many bytes. */
  public static Schema hex(int bytes) {
    return text("[0-9a-f]{%d}".formatted(2 * bytes));
  }

  /** One of these texts. */
  public static Schema choice(String... texts) {
    return choice(Arrays.asList(texts));
  }

  /** One of these texts. */
  public static Schema choice(List<String> texts) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    texts.forEach(all::add);
    return text().put("enum", all);
  }

  /** True or false. */
  public static Schema flag() {
    return of("boolean");
  }

  /** A whole number. */
  public static Schema integer() {
    return of("integer");
  }

  /** Null. */
  public static Schema nothing() {
    return of("null");
  }

  /** Anything at all. */
  public static Schema any() {
    return new Schema(JsonMapper.shared().createObjectNode(), Map.of());
  }

  /** A list of such values. */
  public static Schema list(Schema item) {
    return of("array").nest("items", item);
  }

  /** An object whose fields, whatever their names, have such values. */
  public static Schema mapOf(Schema value) {
    return of("object").nest(ADDITIONAL, value);
  }

  /** An object without fields so far; tests refuse answers with fields that it does not list. */
  public static Schema object() {
    return of("object");
  }

  /** Exactly one of these. */
  public static Schema oneOf(Schema... options) {
    Schema all = any();
    ArrayNode list = JsonMapper.shared().createArrayNode();
    Map<String, Schema> names = new TreeMap<>();
    for (Schema option : options) {
      list.add(option.node);
      names.putAll(option.named);
    }
    return new Schema(all.node.set("oneOf", list).asObject(), Map.copyOf(names));
  }

  /** Such a value, or null. */
  public Schema orNull() {
    return oneOf(this, nothing());
  }

  /** The same under a name of its own, which the API's description refers to. */
  public Schema named(String name) {
    Map<String, Schema> names = new TreeMap<>(named);
    names.put(name, this);
    return new Schema(
        JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + name),
        Map.copyOf(names));
  }

  /** This object with a field that is always there. */
  public Schema required(String name, Schema value) {
    Schema more = optional(name, value);
    more.node.withArray("required").add(name);
    return more;
  }

  /** This object with a field that may be there. */
  public Schema optional(String name, Schema value) {
    Schema more = copy(value.named);
    more.node.withObject("properties").set(name, value.node);
    return more;
  }

  /** This object with whatever other fields there are. */
  public Schema open() {
    Schema more = copy(Map.of());
    more.node.put(ADDITIONAL, true);
    return more;
  }

  /** The same with a sentence of explanation. */
  public Schema describedAs(String text) {
    Schema more = copy(Map.of());
    more.node.put("description", text);
    return more;
  }

  private Schema put(String keyword, JsonNode value) {
    Schema more = copy(Map.of());
    more.node.set(keyword, value);
    return more;
  }

  private Schema nest(String keyword, Schema value) {
    Schema more = copy(value.named);
    more.node.set(keyword, value.node);
    return more;
  }

  private Schema copy(Map<String, Schema> also) {
    Map<String, Schema> names = new TreeMap<>(named);
    names.putAll(also);
    return new Schema(node.deepCopy(), Map.copyOf(names));
  }

  /** As JSON Schema. */
  ObjectNode json() {
    return node.deepCopy();
  }

  /** Every named schema that this one refers to, itself included. */
  Map<String, Schema> components() {
    return named;
  }
}
