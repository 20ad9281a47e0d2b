package network.calimero.tee.seal;

import java.io.Serial;

/** A sealed secret did not open. The message says what may be wrong and holds nothing of it. */
public final class UnsealException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public UnsealException(String message) {
    super(message);
  }
}
