package network.calimero.tee.http;

import java.io.IOException;

/** A body exceeds its limit; what ends a {@link BoundedHttp} answer with {@code TOO_LARGE}. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** More than that many bytes. */
  public BodyTooLargeException(long limit) {
    super("more than " + limit + " bytes");
  }
}
