package network.calimero.tee.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import network.calimero.tee.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A response body that is given up as soon as it exceeds its limit; one of 0 is not read. */
final class LimitedBody implements HttpResponse.BodySubscriber<Bytes> {
  private final int limit;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<Bytes> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  LimitedBody(int limit) {
    this.limit = limit;
  }

  /** Reads the body of a success only; of anything else nothing is believed. */
  static HttpResponse.BodyHandler<Bytes> ofSuccess(int limit) {
    return response -> new LimitedBody(response.statusCode() == 200 ? limit : 0);
  }

  /** Reads the body of whatever is answered. */
  static HttpResponse.BodyHandler<Bytes> ofAny(int limit) {
    return _ -> new LimitedBody(limit);
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (limit == 0) {
      body.complete(Bytes.EMPTY);
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (body.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > limit - received.size()) {
        body.completeExceptionally(new BodyTooLargeException(limit));
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      received.write(part, 0, part.length);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Bytes.of(received.toByteArray()));
  }
}
