package network.calimero.tee.functions.app;

import java.io.Serial;

/** A secret cannot be had. Says why, in words that complete "NAME cannot be read: …". */
public final class SecretUnavailableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With the reason, which holds nothing of any secret. */
  public SecretUnavailableException(String reason) {
    super(reason);
  }

  /** The same for people: half a sentence on one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
