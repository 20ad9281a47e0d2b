package network.calimero.tee.node;

import java.time.Instant;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;

/** Proves quotes, with collateral from wherever its maker chose. */
@FunctionalInterface
public interface QuoteVerifier {

  /**
   * Verifies a quote.
   *
   * @throws VerificationException if quote or collateral is refused: "no"
   * @throws CollateralUnavailableException if the collateral is not to be had: "don't know"
   */
  VerifiedQuote verify(Quote quote, Instant now)
      throws VerificationException, CollateralUnavailableException;
}
