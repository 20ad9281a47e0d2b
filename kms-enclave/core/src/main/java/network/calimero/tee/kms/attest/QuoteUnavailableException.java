package network.calimero.tee.kms.attest;

import java.io.Serial;

/** The platform gave no quote. The message is for the operator's log and may name local paths. */
public final class QuoteUnavailableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, and what led to it. */
  public QuoteUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
