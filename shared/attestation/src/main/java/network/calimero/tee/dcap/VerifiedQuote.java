package network.calimero.tee.dcap;

import java.time.Instant;
import network.calimero.tee.quote.Quote;

/**
 * A quote proven to come from a genuine TD or enclave on a platform that Intel certifies. Only
 * {@link DcapVerifier} makes one. It says what runs there, not whether that is welcome: that is
 * appraisal.
 */
public final class VerifiedQuote {
  private final Quote quote;
  private final TcbEvaluation tcb;
  private final Platform platform;
  private final CollateralSummary collateral;
  private final TrustAnchor anchor;
  private final Instant verifiedAt;

  VerifiedQuote(
      Quote quote,
      TcbEvaluation tcb,
      Platform platform,
      CollateralSummary collateral,
      TrustAnchor anchor,
      Instant verifiedAt) {
    this.quote = quote;
    this.tcb = tcb;
    this.platform = platform;
    this.collateral = collateral;
    this.anchor = anchor;
    this.verifiedAt = verifiedAt;
  }

  /** The quote. */
  public Quote quote() {
    return quote;
  }

  /** Where its platform stands. */
  public TcbEvaluation tcb() {
    return tcb;
  }

  /** Its platform. */
  public Platform platform() {
    return platform;
  }

  /** What it was verified against. */
  public CollateralSummary collateral() {
    return collateral;
  }

  /** The root it chains to. */
  public TrustAnchor anchor() {
    return anchor;
  }

  /** The instant for which all of this holds. */
  public Instant verifiedAt() {
    return verifiedAt;
  }
}
