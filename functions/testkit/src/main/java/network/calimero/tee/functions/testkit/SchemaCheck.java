package network.calimero.tee.functions.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Holds JSON to JSON Schema 2020-12, as far as the functions' descriptions use it; a keyword that
 * it does not know is a violation. Stricter in one thing: a field that an object's schema does not
 * list is one too, unless the schema says that there may be others.
 */
final class SchemaCheck {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "enum",
          "pattern",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "oneOf",
          "$ref",
          "description");
  private static final String ADDITIONAL = "additionalProperties";
  private static final String REFERENCE = "#/components/schemas/";

  private final JsonNode components;
  private final List<String> violations = new ArrayList<>();

  private SchemaCheck(JsonNode components) {
    this.components = components;
  }

  /** What is wrong with a value; each with where it is. */
  static List<String> violations(JsonNode components, JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(components);
    check.check("$", schema, value);
    return check.violations;
  }

  private void check(String at, JsonNode schema, JsonNode value) {
    schema
        .propertyNames()
        .forEach(keyword -> require(KNOWN.contains(keyword), at, "unknown keyword " + keyword));
    if (schema.has("$ref")) {
      checkReferred(at, schema.get("$ref").stringValue(), value);
    }
    if (schema.has("oneOf")) {
      long fitting =
          schema
              .get("oneOf")
              .valueStream()
              .filter(option -> violations(components, option, value).isEmpty())
              .count();
      require(fitting == 1, at, "fits %d of the alternatives, not one".formatted(fitting));
    }
    if (schema.has("type") && !isOfType(schema.get("type").stringValue(), value)) {
      violations.add("%s: is not of type %s".formatted(at, schema.get("type").stringValue()));
      return;
    }
    checkText(at, schema, value);
    if (value.isArray() && schema.has("items")) {
      int index = 0;
      for (JsonNode item : value) {
        check("%s[%d]".formatted(at, index++), schema.get("items"), item);
      }
    }
    if (value.isObject() && schema.path("type").asString("").equals("object")) {
      checkFields(at, schema, value);
    }
  }

  private void checkReferred(String at, String reference, JsonNode value) {
    JsonNode named = components.path(reference.substring(REFERENCE.length()));
    require(reference.startsWith(REFERENCE) && named.isObject(), at, "refers to " + reference);
    if (named.isObject()) {
      check(at, named, value);
    }
  }

  private void checkText(String at, JsonNode schema, JsonNode value) {
    if (schema.has("enum")) {
      boolean listed = schema.get("enum").valueStream().anyMatch(value::equals);
      require(listed, at, "is none of those listed");
    }
    if (schema.has("pattern") && value.isString()) {
      boolean found =
          Pattern.compile(schema.get("pattern").stringValue()).matcher(value.stringValue()).find();
      require(found, at, "does not match " + schema.get("pattern").stringValue());
    }
  }

  private void checkFields(String at, JsonNode schema, JsonNode value) {
    schema
        .path("required")
        .valueStream()
        .forEach(name -> require(value.has(name.stringValue()), at, "lacks " + name.stringValue()));
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String below = at + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode others = schema.path(ADDITIONAL);
      if (known.isObject()) {
        check(below, known, field.getValue());
      } else if (others.isObject()) {
        check(below, others, field.getValue());
      } else {
        require(others.isBoolean() && others.booleanValue(), below, "is in no description");
      }
    }
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private void require(boolean condition, String at, String violation) {
    if (!condition) {
      violations.add("%s: %s".formatted(at, violation));
    }
  }
}
