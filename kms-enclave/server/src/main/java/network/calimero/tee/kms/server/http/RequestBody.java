package network.calimero.tee.kms.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, as far as it is allowed to be long. */
final class RequestBody {
  /** How much of a body that is too large is read off, so that its sender sees the answer. */
  private static final int DRAIN_FACTOR = 4;

  private static final int CHUNK = 8 * 1024;

  private final int maxSize;

  RequestBody(int maxSize) {
    this.maxSize = maxSize;
  }

  /** Why the content type is refused, if it is: the body must be said to be JSON. */
  static Optional<Answer> contentTypeFault(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return isJson(type)
        ? Optional.empty()
        : Optional.of(Answer.refusal(415, "the Content-Type must be application/json", Map.of()));
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    String name = type.strip().toLowerCase(Locale.ROOT);
    return name.equals("application/json")
        || (name.startsWith("application/") && name.endsWith("+json"));
  }

  /** The whole body; empty if it is too large. Waits for it. */
  Optional<byte[]> read(Request request) throws IOException {
    long limit = (long) maxSize * DRAIN_FACTOR;
    if (request.getLength() > limit) {
      return Optional.empty();
    }
    // Not closed: that would abort a body of which something is left.
    InputStream in = Request.asInputStream(request);
    byte[] body = in.readNBytes(maxSize + 1);
    if (body.length <= maxSize) {
      return Optional.of(body);
    }
    drain(in, limit - body.length);
    return Optional.empty();
  }

  /** Reads the body without keeping it, if it is not larger than what would be read of any. */
  void discard(Request request) throws IOException {
    long limit = (long) maxSize * DRAIN_FACTOR;
    if (request.getLength() <= limit) {
      drain(Request.asInputStream(request), limit);
    }
  }

  Answer tooLarge() {
    return Answer.refusal(413, "the body is over %d KiB".formatted(maxSize / 1024), Map.of());
  }

  private static void drain(InputStream in, long atMost) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = atMost;
    while (left > 0) {
      int count = in.read(chunk);
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }
}
