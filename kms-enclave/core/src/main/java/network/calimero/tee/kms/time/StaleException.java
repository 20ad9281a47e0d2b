package network.calimero.tee.kms.time;

import java.io.Serial;

/**
 * Nothing can be verified now: the KMS has the wrong time, or collateral that is signed but old.
 * The message begins with {@link Staleness#text} and is for anybody.
 */
public final class StaleException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Staleness reason;

  StaleException(Staleness reason, String found) {
    super(reason.text() + ": " + found);
    this.reason = reason;
  }

  /** Which reason it is. */
  public Staleness reason() {
    return reason;
  }
}
