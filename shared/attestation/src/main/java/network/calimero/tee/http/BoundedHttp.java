package network.calimero.tee.http;

import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.http.FetchException.Kind;

/** HTTP/1.1, bounded in time and size, following no redirect. Safe for several threads. */
public final class BoundedHttp implements AutoCloseable {
  /** How programs of this project name themselves that have no other name. */
  public static final String USER_AGENT = "mero-tee/0.1";

  /** What the TLS library says may repeat names from a certificate. */
  private static final int MAX_MESSAGE = 200;

  private final HttpClient client;
  private final String userAgent;
  private final Limits limits;

  /**
   * How long and how much one request may take.
   *
   * @param connect until connected, TLS included
   * @param answer from the start of the request to the last byte of the answer
   * @param maxBody bytes of a body
   */
  public record Limits(Duration connect, Duration answer, int maxBody) {}

  /** A client whose work is done by that executor. */
  public BoundedHttp(String userAgent, Limits limits, Executor executor) {
    this(userAgent, limits, executor, ProxySelector.getDefault());
  }

  /** The same, by way of those proxies. */
  public BoundedHttp(String userAgent, Limits limits, Executor executor, ProxySelector proxies) {
    this.userAgent = userAgent;
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .proxy(proxies)
            .executor(executor)
            .build();
  }

  /**
   * The answer, of any status; only that of status 200 has its body.
   *
   * @throws FetchException if there is none
   */
  public HttpResponse<Bytes> get(URI uri) throws FetchException {
    return get(uri, Map.of());
  }

  /** The same with headers beside the client's own. */
  HttpResponse<Bytes> get(URI uri, Map<String, String> headers) throws FetchException {
    HttpRequest.Builder request = request(uri).GET();
    headers.forEach(request::header);
    return send(request.build(), LimitedBody.ofSuccess(limits.maxBody()), limits.answer());
  }

  /** The same for a body that is sent. */
  public HttpResponse<Bytes> post(URI uri, String contentType, Bytes body) throws FetchException {
    return send(
        posted(uri, contentType, body), LimitedBody.ofSuccess(limits.maxBody()), limits.answer());
  }

  /**
   * The answer to a body that is sent, of any status and with that status's own body: for peers
   * that say there why they refuse.
   *
   * @param maxBody bytes of the answer, in place of the client's own limit
   * @throws FetchException if there is none
   */
  public HttpResponse<Bytes> exchange(URI uri, String contentType, Bytes body, int maxBody)
      throws FetchException {
    return send(posted(uri, contentType, body), LimitedBody.ofAny(maxBody), limits.answer());
  }

  private HttpRequest posted(URI uri, String contentType, Bytes body) {
    return request(uri)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
        .build();
  }

  HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("User-Agent", userAgent);
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration time)
      throws FetchException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
    try {
      // HttpRequest.timeout ends with the headers; this deadline covers the body too.
      return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FetchException(Kind.TIMEOUT, "no complete answer within " + seconds(time));
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(Kind.INTERRUPTED, "interrupted");
    } finally {
      answer.cancel(true); // gives up the exchange, and with it the connection, if it still runs
    }
  }

  private FetchException failure(ExecutionException failed) {
    return switch (failed.getCause()) {
      case BodyTooLargeException e ->
          new FetchException(Kind.TOO_LARGE, String.valueOf(e.getMessage()));
      case HttpTimeoutException _ ->
          new FetchException(Kind.TIMEOUT, "no connection within " + seconds(limits.connect()));
      case SSLException e ->
          new FetchException(
              Kind.UNREACHABLE,
              "TLS failed: " + PlainText.bounded(String.valueOf(e.getMessage()), MAX_MESSAGE));
      case ConnectException e when isUnknownHost(e) ->
          new FetchException(Kind.UNREACHABLE, "the host name is unknown");
      case ConnectException _ ->
          new FetchException(Kind.UNREACHABLE, "no connection (refused, or no route)");
      case null, default ->
          new FetchException(Kind.UNREACHABLE, "the connection broke before the answer's end");
    };
  }

  private static boolean isUnknownHost(ConnectException failure) {
    Throwable cause = failure.getCause();
    while (cause != null) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
