package network.calimero.tee.guest;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The platform did not do what its guest asked for.
 *
 * <p>The message is for the operator: it says what to do next and may name local paths, so it
 * belongs into logs and not into answers to strangers. It never holds key material.
 */
public final class GuestException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Code code;

  GuestException(Code code, String message) {
    this(code, message, null);
  }

  GuestException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of failure it is. */
  public Code code() {
    return code;
  }

  /** Kinds of failure, by what would help. */
  public enum Code {
    /** There is no such service here, or it went away during the call. */
    UNREACHABLE,
    /** No answer within the time allowed, or before the waiting thread was interrupted. */
    TIMEOUT,
    /** Too many calls at once, or somebody else disturbing them; try again later. */
    BUSY,
    /** The service understood and said no. */
    REFUSED,
    /** The answer makes no sense, or is larger than any sensible one. */
    MALFORMED
  }
}
