package network.calimero.tee.http;

/** There is no complete answer; the message says why, without path. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stood in the way. */
  public enum Kind {
    /** No connection, or it broke. */
    UNREACHABLE,
    /** Not complete in time. */
    TIMEOUT,
    /** The body exceeds its limit. */
    TOO_LARGE,
    /** A redirect that is not followed. */
    REDIRECT,
    /** The thread was interrupted; it still is. */
    INTERRUPTED
  }

  FetchException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What stood in the way. */
  public Kind kind() {
    return kind;
  }

  /** Why, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
