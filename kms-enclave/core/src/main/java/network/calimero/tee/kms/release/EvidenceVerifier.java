package network.calimero.tee.kms.release;

import java.time.Instant;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;

/** Verifies quotes against collateral that it gets itself (dcap.md, "Verification"). */
@FunctionalInterface
public interface EvidenceVerifier {

  /**
   * Gets the collateral for a quote; may wait for the network. Must not fetch anything for a quote
   * whose PCK chain does not lead to the trust anchor.
   *
   * @throws VerificationException if the quote itself rules out that there is collateral for it
   * @throws CollateralUnavailableException if it cannot be had now
   */
  Endorsed endorse(Quote quote, Instant now)
      throws VerificationException, CollateralUnavailableException;

  /** A quote together with its collateral; nothing is proven yet. */
  @FunctionalInterface
  interface Endorsed {

    /**
     * Verifies, without waiting for anything.
     *
     * @throws VerificationException naming the step that failed
     */
    VerifiedQuote verify() throws VerificationException;
  }
}
