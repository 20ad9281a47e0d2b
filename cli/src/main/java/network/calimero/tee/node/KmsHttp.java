package network.calimero.tee.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import network.calimero.tee.node.NodeException.Code;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Posts of JSON to one KMS: bounded in time and size, without redirects. */
final class KmsHttp implements AutoCloseable {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final URI base;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  KmsHttp(URI base, Duration timeout) {
    this.base = base;
    this.timeout = timeout;
  }

  /** The JSON object that a 200 answers with; everything else is a failure. */
  JsonNode post(String path, ObjectNode body, int maxAnswer) throws NodeException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> answer = send(request, path, maxAnswer);
    if (answer.statusCode() != 200) {
      throw new NodeException(path, error(answer));
    }
    try {
      JsonNode root = JSON.readTree(answer.body());
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException _) {
      // Said below: what Jackson quotes may be a key.
    }
    throw new NodeException(
        Code.NOT_A_KMS,
        "what answered %s is not known to be a KMS: the answer is not a JSON object"
            .formatted(path));
  }

  /** Waits for the whole answer: a request's own time-out would end with its headers. */
  private HttpResponse<byte[]> send(HttpRequest request, String path, int maxAnswer)
      throws NodeException {
    CompletableFuture<HttpResponse<byte[]>> call =
        http.sendAsync(request, _ -> new BoundedBody(maxAnswer));
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new NodeException(
          Code.KMS_TIMEOUT,
          "no complete answer to %s from %s within %d ms".formatted(path, base, timeout.toMillis()),
          e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new NodeException(Code.KMS_TIMEOUT, "interrupted while waiting for " + base, e);
    } catch (ExecutionException e) {
      throw failed(path, e.getCause() == null ? e : e.getCause());
    }
  }

  private NodeException failed(String path, Throwable cause) {
    if (cause instanceof BoundedBody.TooLargeException) {
      return new NodeException(Code.NOT_A_KMS, "%s: %s".formatted(path, cause.getMessage()), cause);
    }
    if (!(cause instanceof IOException)) {
      throw new IllegalStateException("a call ends with an answer or an I/O failure", cause);
    }
    return new NodeException(
        Code.KMS_UNREACHABLE, "no answer from %s: %s".formatted(base, reason(cause)), cause);
  }

  /** The JDK leaves some of these without a word. */
  private static String reason(Throwable cause) {
    if (cause.getMessage() != null) {
      return cause.getMessage();
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return "the host's name is not known";
      }
    }
    if (cause instanceof ConnectException) {
      return "the connection was refused";
    }
    return "the connection broke off";
  }

  private static KmsError error(HttpResponse<byte[]> answer) {
    String tag = "";
    String details = "";
    try {
      JsonNode body = JSON.readTree(answer.body());
      tag = body.path("error").asString("");
      details = body.path("details").asString("");
    } catch (JacksonException _) {
      // Any body may come with a status other than 200; the status says enough.
    }
    OptionalLong retryAfter = OptionalLong.empty();
    String header = answer.headers().firstValue("Retry-After").orElse("");
    if (header.matches("\\d{1,9}")) {
      retryAfter = OptionalLong.of(Long.parseLong(header));
    }
    return new KmsError(answer.statusCode(), tag, details, retryAfter);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
