package network.calimero.tee.functions.admission;

import java.time.Instant;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;

/** Proves quotes; as {@link network.calimero.tee.collateral.OnlineVerifier} does. */
@FunctionalInterface
public interface QuoteVerification {

  /**
   * Verifies a quote.
   *
   * @throws VerificationException if quote or collateral is refused
   * @throws CollateralUnavailableException if the collateral is not to be had: "don't know"
   */
  VerifiedQuote verify(Quote quote, Instant now)
      throws VerificationException, CollateralUnavailableException;
}
