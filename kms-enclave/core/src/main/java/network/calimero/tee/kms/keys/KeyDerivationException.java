package network.calimero.tee.kms.keys;

import java.io.Serial;

/** A key could not be derived. The message is for the operator's log; it holds no key material. */
public final class KeyDerivationException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened. */
  public KeyDerivationException(String message) {
    super(message);
  }

  /** With what happened, and what led to it. */
  public KeyDerivationException(String message, Throwable cause) {
    super(message, cause);
  }
}
