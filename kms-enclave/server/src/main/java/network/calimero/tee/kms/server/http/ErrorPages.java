package network.calimero.tee.kms.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import network.calimero.tee.kms.KmsError;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What is sent when the HTTP server itself refuses a request, in the form of every other refusal.
 * Takes only the status from the server: its messages may repeat the request. The connection ends
 * with it, as with every other refusal.
 */
final class ErrorPages implements Request.Handler {
  private final RequestLog log;

  ErrorPages(RequestLog log) {
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    KmsError error = isOfTheSender(status) ? KmsError.INVALID_REQUEST : KmsError.INTERNAL_ERROR;
    Answer answer = Answer.unserved(error, status, details(status));
    String id = log.nextId();
    // Their duration is not known: such a request was never handled.
    log.tell(
        id, request.getMethod(), KmsHandler.UNKNOWN_PATH, Optional.empty(), answer, Duration.ZERO);
    response.getHeaders().put("X-Request-Id", id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  /** HTTP also counts a version or an encoding that nobody serves among the server's own. */
  private static boolean isOfTheSender(int status) {
    return status < 500 || status == 501 || status == 505;
  }

  private static String details(int status) {
    return switch (status) {
      case 400 -> "not a well-formed HTTP/1.1 request";
      case 408 -> "the request did not arrive in time";
      case 414 -> "the request's URI is too long";
      case 426, 505 -> "the HTTP version is not served here; use HTTP/1.1";
      case 431 -> "the request's header is over 8 KiB";
      case 503 -> "this KMS is stopping; ask another, or again later";
      default -> "";
    };
  }
}
