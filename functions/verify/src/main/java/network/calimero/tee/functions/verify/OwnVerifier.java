package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TeeType;
import org.jspecify.annotations.Nullable;

/** Verifies quotes and tells the collateral that was used, so that anyone can do it again. */
final class OwnVerifier {
  private final DcapVerifier verifier;
  private final CollateralSource source;

  OwnVerifier(DcapVerifier verifier, CollateralSource source) {
    this.verifier = verifier;
    this.source = source;
  }

  OwnVerdict verify(Quote quote, Instant now, Budget budget) {
    return budget
        .within(() -> verify(quote, now))
        .orElseGet(() ->
            new OwnVerdict.Unknown(
                CheckCode.COLLATERAL_TIMEOUT.text(), "its collateral was not there in time"));
  }

  private OwnVerdict verify(Quote quote, Instant now) {
    Remembering used = new Remembering();
    try {
      VerifiedQuote verified = new OnlineVerifier(verifier, used).verify(quote, now);
      return new OwnVerdict.Authentic(verified, used.last().orElseThrow());
    } catch (VerificationException e) {
      return e.code().isOfCollateral()
          ? new OwnVerdict.Unknown(
              e.code().text(), "%s; %s".formatted(e.getMessage(), e.code().advice()), used.last())
          : new OwnVerdict.Rejected(e, used.last());
    } catch (CollateralUnavailableException e) {
      return new OwnVerdict.Unknown(
          "collateral_" + e.code().text(), "%s; %s".formatted(e.getMessage(), e.advice()));
    }
  }

  /** Gives what the source gives, and remembers it. Of one call. */
  private final class Remembering implements CollateralSource {
    private @Nullable Collateral given;

    @Override
    public Collateral collateral(PckChain chain, TeeType tee, Instant now)
        throws CollateralUnavailableException, VerificationException {
      Collateral some = source.collateral(chain, tee, now);
      given = some;
      return some;
    }

    @Override
    public Collateral renewed(PckChain chain, TeeType tee, Instant now)
        throws CollateralUnavailableException, VerificationException {
      Collateral some = source.renewed(chain, tee, now);
      given = some;
      return some;
    }

    Optional<Collateral> last() {
      return Optional.ofNullable(given);
    }
  }
}
