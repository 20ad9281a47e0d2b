package network.calimero.tee.guest;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import network.calimero.tee.guest.HttpFailure.Kind;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/**
 * Collects one answer up to a limit, and overwrites every array it outgrows: Jetty's own buffering
 * listeners would leave copies of a key behind. (Jetty's pooled network buffers remain; they are
 * overwritten by later traffic.)
 */
final class AnswerCollector implements Request.BeginListener, Response.Listener {

  private static final int INITIAL = 16 * 1024;

  private final int limit;
  private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
  private byte[] body = new byte[INITIAL];
  private int length;
  private volatile boolean connected;

  AnswerCollector(int limit) {
    this.limit = limit;
  }

  /** Completes with the answer, or with an {@link HttpFailure}. */
  CompletableFuture<HttpAnswer> answer() {
    return answer;
  }

  /** Called when the request has a connection. */
  @Override
  public void onBegin(Request request) {
    connected = true;
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    int more = content.remaining();
    if (more > limit - length) {
      // Whether it was still to be aborted does not matter: onComplete tells the outcome.
      var _ = response.abort(new TooLargeException());
      return;
    }
    if (more > body.length - length) {
      byte[] larger = Arrays.copyOf(body, Math.max(length + more, Math.min(limit, 2 * length)));
      Arrays.fill(body, (byte) 0);
      body = larger;
    }
    content.get(body, length, more);
    length += more;
  }

  @Override
  public void onComplete(Result result) {
    Throwable failure = result.getFailure();
    if (failure == null) {
      answer.complete(
          new HttpAnswer(result.getResponse().getStatus(), Arrays.copyOf(body, length)));
    } else {
      answer.completeExceptionally(new HttpFailure(kind(failure), failure));
    }
    Arrays.fill(body, (byte) 0);
  }

  private Kind kind(Throwable failure) {
    return switch (failure) {
      case TooLargeException _ -> Kind.TOO_LARGE;
      case TimeoutException _ -> Kind.TIMEOUT;
      case RejectedExecutionException _ -> Kind.BUSY;
      case HttpResponseException _ -> Kind.NOT_HTTP;
      default -> connected ? Kind.BROKEN_OFF : Kind.NOT_CONNECTED;
    };
  }

  private static final class TooLargeException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }
}
