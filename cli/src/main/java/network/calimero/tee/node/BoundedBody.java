package network.calimero.tee.node;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects an answer's body up to a limit; what is longer is cut off unread. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private static final int INITIAL = 8 * 1024;

  private final int limit;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private byte[] body = new byte[INITIAL];
  private int length;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int more = buffer.remaining();
      if (more > limit - length) {
        if (subscription != null) {
          subscription.cancel();
        }
        result.completeExceptionally(new TooLargeException(limit));
        return;
      }
      if (more > body.length - length) {
        body = Arrays.copyOf(body, Math.max(length + more, Math.min(limit, 2 * body.length)));
      }
      buffer.get(body, length, more);
      length += more;
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(Arrays.copyOf(body, length));
  }

  /** The body is longer than the limit. */
  static final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("the answer is over " + limit + " bytes");
    }
  }
}
