package network.calimero.tee.release.source;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a success, handed on part by part; its value is whether there was one. */
final class StreamedBody implements HttpResponse.BodySubscriber<Boolean> {
  private final Parts parts;
  private final CompletableFuture<Boolean> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /** Where the parts go, in their order and one at a time. */
  interface Parts {
    /** The next; what it throws ends the body. */
    void add(byte[] part, int length) throws IOException;
  }

  private StreamedBody(Parts parts) {
    this.parts = parts;
  }

  /** Hands on the body of status 200; of anything else nothing is read. */
  static HttpResponse.BodyHandler<Boolean> to(Parts parts) {
    return response ->
        response.statusCode() == 200
            ? new StreamedBody(parts)
            : HttpResponse.BodySubscribers.replacing(false);
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        parts.add(part, part.length);
      }
      if (subscription != null) {
        subscription.request(1);
      }
    } catch (IOException e) {
      body.completeExceptionally(e);
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(true);
  }
}
