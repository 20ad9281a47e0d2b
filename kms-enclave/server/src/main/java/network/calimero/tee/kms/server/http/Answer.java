package network.calimero.tee.kms.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.secret.SecretBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent back: a status, headers beside the usual ones, a JSON body. To be wiped once it is
 * written, for the body may hold a key.
 */
final class Answer {
  static final String OK = "ok";

  /** The service by the name that nodes and tools know. */
  static final String SERVICE = "mero-kms-phala";

  private static final byte[] ALIVE =
      ("{\"status\":\"alive\",\"service\":\"" + SERVICE + "\"}")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_BEGIN = "{\"key\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_END = "\"}".getBytes(StandardCharsets.US_ASCII);

  private static final Map<String, String> NOT_STORED = Map.of("Cache-Control", "no-store");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final String outcome;
  private final String details;
  private final @Nullable Throwable cause;

  private Answer(
      int status,
      Map<String, String> headers,
      byte[] body,
      String outcome,
      String details,
      @Nullable Throwable cause) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.outcome = outcome;
    this.details = details;
    this.cause = cause;
  }

  /** The answer to {@code /health} (kms-protocol.md). */
  static Answer alive() {
    return new Answer(200, Map.of(), ALIVE.clone(), OK, "", null);
  }

  /** Success. */
  static Answer ok(ObjectNode body) {
    return of(200, body);
  }

  /** An answer that is no refusal, whatever its status. */
  static Answer of(int status, ObjectNode body) {
    return new Answer(status, Map.of(), JsonMapper.shared().writeValueAsBytes(body), OK, "", null);
  }

  /** No body. */
  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0], OK, "", null);
  }

  /** A key in hex; {@link #wipe} overwrites the one array that is left of its text. */
  static Answer key(SecretBytes key) {
    try (SecretBytes text = key.hexText()) {
      byte[] body = new byte[KEY_BEGIN.length + text.length() + KEY_END.length];
      System.arraycopy(KEY_BEGIN, 0, body, 0, KEY_BEGIN.length);
      System.arraycopy(KEY_END, 0, body, body.length - KEY_END.length, KEY_END.length);
      return text.use(digits -> {
        System.arraycopy(digits, 0, body, KEY_BEGIN.length, digits.length);
        return new Answer(200, NOT_STORED, body, OK, "", null);
      });
    }
  }

  /** A sealed key: of no use to anybody but the node, and not to be kept all the same. */
  static Answer sealedKey(ObjectNode body) {
    return new Answer(200, NOT_STORED, JsonMapper.shared().writeValueAsBytes(body), OK, "", null);
  }

  /** A refusal of the error table. */
  static Answer refusal(KmsException e) {
    Map<String, String> headers =
        e.retryAfterSeconds()
            .map(seconds -> Map.of("Retry-After", String.valueOf(seconds)))
            .orElse(Map.of());
    return error(e.error(), e.error().status(), e.details(), headers, e.getCause());
  }

  /** A refusal on the level of HTTP: {@code invalid_request} with a status of its own. */
  static Answer refusal(int status, String details, Map<String, String> headers) {
    return error(KmsError.INVALID_REQUEST, status, details, headers, null);
  }

  /** What is refused before it is a request of this protocol. */
  static Answer unserved(KmsError error, int status, String details) {
    return error(error, status, details, Map.of(), null);
  }

  /** A fault of this program. Says nothing of it to whoever asked. */
  static Answer fault(Throwable cause) {
    return error(
        KmsError.INTERNAL_ERROR,
        KmsError.INTERNAL_ERROR.status(),
        "a fault of this KMS; its operator's log says more",
        Map.of(),
        cause);
  }

  private static Answer error(
      KmsError error,
      int status,
      String details,
      Map<String, String> headers,
      @Nullable Throwable cause) {
    return new Answer(status, headers, errorBody(error, details), error.tag(), details, cause);
  }

  /** The body of every refusal: {@code error}, and {@code details} if there are any. */
  static byte[] errorBody(KmsError error, String details) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("error", error.tag());
    if (!details.isEmpty()) {
      body.put("details", details);
    }
    return JsonMapper.shared().writeValueAsBytes(body);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The body itself, not a copy: it may hold a key, and copies would have to be wiped too. */
  byte[] body() {
    return body;
  }

  /** {@value #OK}, or the tag of the error table. */
  String outcome() {
    return outcome;
  }

  /** What the refusal says; empty if it is none. */
  String details() {
    return details;
  }

  /** What led to it, for the operator. */
  Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }

  /** Overwrites the body. */
  void wipe() {
    Arrays.fill(body, (byte) 0);
  }
}
