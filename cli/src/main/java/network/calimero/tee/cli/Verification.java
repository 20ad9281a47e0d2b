package network.calimero.tee.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.node.QuoteVerifier;
import network.calimero.tee.quote.Quote;

/** Proves quotes as the options say. Closing it ends what fetches. */
final class Verification implements QuoteVerifier, AutoCloseable {
  private final QuoteVerifier verifier;
  private final Runnable end;

  private Verification(QuoteVerifier verifier, Runnable end) {
    this.verifier = verifier;
    this.end = end;
  }

  static Verification offline(TrustAnchor anchor, VerifierOptions options, Collateral collateral) {
    DcapVerifier verifier = new DcapVerifier(anchor, options);
    return new Verification((quote, now) -> verifier.verify(quote, collateral, now), () -> {});
  }

  static Verification online(
      TrustAnchor anchor, VerifierOptions options, List<PcsBase> bases, InstantSource clock) {
    CachingCollateralSource source =
        new CachingCollateralSource(
            bases, anchor, options, PcsLimits.DEFAULT, CachePolicy.DEFAULT, clock);
    OnlineVerifier verifier = new OnlineVerifier(new DcapVerifier(anchor, options), source);
    return new Verification(verifier::verify, source::close);
  }

  @Override
  public VerifiedQuote verify(Quote quote, Instant now)
      throws VerificationException, CollateralUnavailableException {
    return verifier.verify(quote, now);
  }

  @Override
  public void close() {
    end.run();
  }
}
