package network.calimero.tee.kms.challenge;

import java.io.Serial;

/** The memory of used challenges cannot be reached. */
public final class ChallengeStoreException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, for the operator. */
  public ChallengeStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
