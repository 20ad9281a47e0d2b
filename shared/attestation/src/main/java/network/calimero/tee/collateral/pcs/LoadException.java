package network.calimero.tee.collateral.pcs;

import java.time.Instant;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.VerificationException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of collateral could not be loaded from any server: not to be had, or had and refused. The
 * message tells of every server. Kept and shared by all who wait for the piece.
 */
final class LoadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final Code code;
  private final String host;
  private final String advice;
  private final @Nullable VerificationException refusal;

  /** Not to be had. */
  LoadException(Code code, String host, String text) {
    this(code, host, text, code.advice());
  }

  /** Not to be had, with advice that fits the piece. */
  LoadException(Code code, String host, String text, String advice) {
    super(text);
    this.text = text;
    this.code = code;
    this.host = host;
    this.advice = advice;
    this.refusal = null;
  }

  /** Had and refused. */
  LoadException(VerificationException refusal, String text) {
    super(text, refusal);
    this.text = text;
    this.code = Code.MALFORMED;
    this.host = "";
    this.advice = "";
    this.refusal = refusal;
  }

  /** What the one who waited for it gets. */
  CollateralUnavailableException unavailable() throws VerificationException {
    if (refusal != null) {
      throw refusal;
    }
    return new CollateralUnavailableException(code, host, text, advice);
  }

  /** What whoever asks for it later, but before it is tried again, gets. */
  LoadException remembered(Instant retryAt) {
    return refusal != null
        ? this
        : new LoadException(
            Code.RECENT_FAILURE,
            host,
            text + " (" + code.text() + "); asked for again at " + retryAt);
  }
}
