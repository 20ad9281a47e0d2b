package network.calimero.tee.functions.testkit;

import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds real answers to the description of the API that is served beside them. */
public final class OpenApiCheck {
  private final JsonNode document;

  /** Reads a description, OpenAPI 3.1 in JSON. */
  public OpenApiCheck(byte[] description) {
    this.document = JsonMapper.shared().readTree(description);
    if (!document.path("openapi").asString("").startsWith("3.1")) {
      throw new IllegalArgumentException("not OpenAPI 3.1");
    }
  }

  /**
   * What the description does not say of an answer; nothing if it describes it.
   *
   * @param contentType as the header has it; empty if there is none
   */
  public List<String> violations(
      String method, String path, int status, String contentType, byte[] body) {
    JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    if (!operation.isObject()) {
      return List.of("%s %s is not described".formatted(method, path));
    }
    JsonNode answer = operation.path("responses").path(String.valueOf(status));
    if (!answer.isObject() && status >= 400) {
      answer = operation.path("responses").path("default");
    }
    if (!answer.isObject()) {
      return List.of("%s %s answers an undescribed %d".formatted(method, path, status));
    }
    return body(answer.path("content"), bare(contentType), body);
  }

  private List<String> body(JsonNode content, String type, byte[] body) {
    if (content.isEmpty()) {
      return body.length == 0 ? List.of() : List.of("a body where none is described");
    }
    JsonNode media = content.path(type);
    if (!media.isObject()) {
      return List.of("type \"%s\" where %s are described".formatted(type, content.propertyNames()));
    }
    if (!type.equals("application/json")) {
      return List.of();
    }
    try {
      JsonNode value = JsonMapper.shared().readTree(body);
      return SchemaCheck.violations(
          document.path("components").path("schemas"), media.path("schema"), value);
    } catch (JacksonException e) {
      return List.of("the body is not JSON");
    }
  }

  private static String bare(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
