package network.calimero.tee.kms.cluster;

import java.io.Serial;

/** This machine must not be a replica. The message is for its operator and may name local paths. */
public final class UnfitReplicaException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public UnfitReplicaException(String message) {
    super(message);
  }

  /** With what is wrong, and what led to it. */
  public UnfitReplicaException(String message, Throwable cause) {
    super(message, cause);
  }
}
