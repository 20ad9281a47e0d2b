package network.calimero.tee.functions.api;

import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is sent back, whichever platform sends it.
 *
 * @param headers with {@code Content-Type} if there is a body
 */
public record HttpAnswer(int status, Headers headers, Bytes body) {
  private static final String CONTENT_TYPE = "Content-Type";

  /** A JSON body of that status. */
  public static HttpAnswer json(int status, JsonNode body) {
    return json(status, Bytes.of(JsonMapper.shared().writeValueAsBytes(body)));
  }

  /** Success with a JSON body. */
  public static HttpAnswer json(JsonNode body) {
    return json(200, body);
  }

  /** JSON that is sent as it is, byte for byte. */
  public static HttpAnswer json(int status, Bytes text) {
    return new HttpAnswer(status, Headers.none().with(CONTENT_TYPE, "application/json"), text);
  }

  /** Success with a text in UTF-8. */
  public static HttpAnswer text(String contentType, String text) {
    return new HttpAnswer(
        200,
        Headers.none().with(CONTENT_TYPE, contentType + "; charset=utf-8"),
        Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** No body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Headers.none(), Bytes.EMPTY);
  }

  /** The same with that header. */
  public HttpAnswer with(String header, String value) {
    return new HttpAnswer(status, headers.with(header, value), body);
  }

  /** The same, not to be kept by anybody, whatever its endpoint says. */
  public HttpAnswer notKept() {
    return with("Cache-Control", "no-store");
  }

  /** Its media type without parameters; empty if there is no body. */
  public String contentType() {
    return headers.find(CONTENT_TYPE).map(MediaTypes::bare).orElse("");
  }
}
