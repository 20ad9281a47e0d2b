package network.calimero.tee.dcap;

import java.time.Instant;
import network.calimero.tee.quote.Quote;

/**
 * A quote, not proven yet, with collateral and a PCK chain that are: steps 1 to 4 of dcap.md, all
 * but whether the platform's own certificate is revoked. Only {@link DcapVerifier#endorse} makes
 * one.
 */
public final class EndorsedQuote {
  private final Quote quote;
  private final ValidatedCollateral collateral;
  private final CheckedPckChain chain;
  private final Instant now;

  EndorsedQuote(Quote quote, ValidatedCollateral collateral, CheckedPckChain chain, Instant now) {
    this.quote = quote;
    this.collateral = collateral;
    this.chain = chain;
    this.now = now;
  }

  /** How new the collateral is. */
  public CollateralFacts facts() {
    return CollateralFacts.of(collateral, chain.crl(), quote.teeType());
  }

  Quote quote() {
    return quote;
  }

  ValidatedCollateral collateral() {
    return collateral;
  }

  CheckedPckChain chain() {
    return chain;
  }

  Instant now() {
    return now;
  }
}
