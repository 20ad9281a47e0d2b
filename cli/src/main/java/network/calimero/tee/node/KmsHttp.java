package network.calimero.tee.node;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.node.NodeException.Code;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Posts of JSON to one KMS: bounded in time and size, without redirects. */
final class KmsHttp implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.shared();

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final URI base;
  private final BoundedHttp http;

  KmsHttp(URI base, Duration timeout) {
    this.base = base;
    // Each answer has a limit of its own.
    BoundedHttp.Limits limits = new BoundedHttp.Limits(CONNECT, timeout, 0);
    this.http = new BoundedHttp(BoundedHttp.USER_AGENT, limits, executor);
  }

  /** What a 200 answers with; everything else is a failure. */
  Bytes post(String path, ObjectNode request, int maxAnswer) throws NodeException {
    HttpResponse<Bytes> answer;
    try {
      Bytes body = Bytes.of(JSON.writeValueAsBytes(request));
      answer = http.exchange(URI.create(base + path), "application/json", body, maxAnswer);
    } catch (FetchException e) {
      throw new NodeException(code(e), "%s of %s: %s".formatted(path, base, e.reason()), e);
    }
    if (answer.statusCode() != OK) {
      String retryAfter = answer.headers().firstValue("Retry-After").orElse("");
      throw new NodeException(
          path, KmsAnswers.error(answer.statusCode(), retryAfter, answer.body()));
    }
    return answer.body();
  }

  private static Code code(FetchException failure) {
    return switch (failure.kind()) {
      case UNREACHABLE -> Code.KMS_UNREACHABLE;
      case TIMEOUT, INTERRUPTED -> Code.KMS_TIMEOUT;
      case TOO_LARGE, REDIRECT -> Code.NOT_A_KMS;
    };
  }

  @Override
  public void close() {
    http.close();
    executor.shutdownNow();
  }
}
