package network.calimero.tee.kms.release;

import java.io.Serial;

/**
 * There is no collateral to verify a quote against, so there is no verdict. The message goes to
 * whoever asked: what is missing and what to do, no local paths.
 */
public final class CollateralUnavailableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what is missing, for whoever asked, and what led to it, for the operator. */
  public CollateralUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
