package network.calimero.tee.seal;

import java.io.Serial;

/** A sealed secret is of no use. The message says what may be wrong and holds nothing of it. */
public final class UnsealException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** How far it came. */
  public enum Kind {
    /** It does not open. */
    CLOSED,
    /** It opens, and what it holds is no key. */
    NO_KEY
  }

  private final Kind kind;

  /** With what is wrong. */
  public UnsealException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** How far it came. */
  public Kind kind() {
    return kind;
  }
}
