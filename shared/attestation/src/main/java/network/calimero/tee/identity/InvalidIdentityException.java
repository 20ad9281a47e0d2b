package network.calimero.tee.identity;

import java.io.Serial;

/** A stored key pair that cannot be used. The message says what is wrong, never what is secret. */
public final class InvalidIdentityException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public InvalidIdentityException(String message) {
    super(message);
  }
}
