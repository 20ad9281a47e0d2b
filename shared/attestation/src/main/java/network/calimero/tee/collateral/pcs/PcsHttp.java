package network.calimero.tee.collateral.pcs;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;

/** GET over HTTP/1.1, bounded in time and size, following no redirect. */
final class PcsHttp implements AutoCloseable {
  private static final String USER_AGENT = "mero-tee/0.1";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final PcsLimits limits;

  PcsHttp(PcsLimits limits, Executor executor) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(executor)
            .build();
  }

  /** The answer of a success; anything else is a failure. */
  HttpResponse<Bytes> get(URI uri) throws CollateralUnavailableException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("User-Agent", USER_AGENT).GET().build();
    CompletableFuture<HttpResponse<Bytes>> answer =
        client.sendAsync(request, LimitedBody.ofSuccess(limits.maxBody()));
    try {
      // HttpRequest.timeout ends with the headers; this deadline covers the body too.
      HttpResponse<Bytes> response = answer.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
      requireSuccess(response.statusCode(), uri);
      return response;
    } catch (TimeoutException e) {
      throw failure(Code.TIMEOUT, uri, "no complete answer within " + seconds(limits.answer()));
    } catch (ExecutionException e) {
      throw failure(e, uri);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Code.INTERRUPTED, uri, "interrupted");
    } finally {
      answer.cancel(true); // gives up the exchange, and with it the connection, if it still runs
    }
  }

  private static void requireSuccess(int status, URI uri) throws CollateralUnavailableException {
    if (status == OK) {
      return;
    }
    if (status == NOT_FOUND) {
      throw failure(Code.NOT_FOUND, uri, "not found (status 404)");
    }
    boolean redirect = status >= 300 && status < 400;
    throw failure(
        Code.STATUS, uri, "status " + status + (redirect ? ", a redirect, is not followed" : ""));
  }

  private CollateralUnavailableException failure(ExecutionException failed, URI uri) {
    return switch (failed.getCause()) {
      case LimitedBody.TooLarge _ ->
          failure(Code.TOO_LARGE, uri, "more than " + limits.maxBody() + " bytes");
      case HttpTimeoutException _ ->
          failure(Code.TIMEOUT, uri, "no connection within " + seconds(limits.connect()));
      case SSLException e -> failure(Code.UNREACHABLE, uri, "TLS failed: " + e.getMessage());
      case ConnectException e when isUnknownHost(e) ->
          failure(Code.UNREACHABLE, uri, "the host name is unknown");
      case ConnectException _ ->
          failure(Code.UNREACHABLE, uri, "no connection (refused, or no route)");
      case null, default ->
          failure(Code.UNREACHABLE, uri, "the connection broke before the answer's end");
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

  private static CollateralUnavailableException failure(Code code, URI uri, String reason) {
    return new CollateralUnavailableException(code, PcsBase.host(uri), reason);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
