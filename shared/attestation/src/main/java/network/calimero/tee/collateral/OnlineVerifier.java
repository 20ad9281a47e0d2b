package network.calimero.tee.collateral;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.EndorsedQuote;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;

/**
 * Verifies quotes with collateral from a source: the platform proves itself first, then its
 * collateral is asked for, then all ten steps of dcap.md are taken. Safe for use by many threads.
 *
 * <p>A failure that newer collateral could cure (a TDX module published since, a document whose
 * signer was replaced) is tried once more with collateral {@link CollateralSource#renewed renewed};
 * all but the expired ones come after the signatures of the quote, and the source bounds how often
 * it asks, so that strangers gain no fetches by it.
 */
public final class OnlineVerifier {
  private static final Set<FailureCode> CURABLE =
      Set.of(
          FailureCode.ROOT_CRL_EXPIRED,
          FailureCode.TCB_INFO_CHAIN_EXPIRED,
          FailureCode.TCB_INFO_SIGNER_REVOKED,
          FailureCode.TCB_INFO_EXPIRED,
          FailureCode.TCB_INFO_TOO_OLD,
          FailureCode.QE_IDENTITY_CHAIN_EXPIRED,
          FailureCode.QE_IDENTITY_SIGNER_REVOKED,
          FailureCode.QE_IDENTITY_EXPIRED,
          FailureCode.QE_IDENTITY_TOO_OLD,
          FailureCode.PCK_CRL_EXPIRED,
          FailureCode.TDX_MODULE_UNKNOWN);

  private final DcapVerifier verifier;
  private final CollateralSource source;

  /** Verifies with that verifier, and so under its root. */
  public OnlineVerifier(DcapVerifier verifier, CollateralSource source) {
    this.verifier = verifier;
    this.source = source;
  }

  /**
   * Verifies a quote that carries its PCK chain; one that does not is refused, for nothing is
   * fetched for a platform that has proven nothing.
   *
   * @param now the only reading of the clock
   * @throws VerificationException if quote or collateral is refused: "no"
   * @throws CollateralUnavailableException if the collateral is not to be had: "don't know"
   */
  public VerifiedQuote verify(Quote quote, Instant now)
      throws VerificationException, CollateralUnavailableException {
    return this.<RuntimeException>verify(quote, now, facts -> Optional.empty());
  }

  /**
   * The same, with collateral that must pass a gate first: each set is shown to it as soon as it is
   * proven, whatever it then says of the quote. Newer collateral is asked for once where the gate
   * objects, too.
   *
   * @throws X the gate's objection to the newest collateral that was to be had
   */
  public <X extends Exception> VerifiedQuote verify(
      Quote quote, Instant now, CollateralGate<X> gate)
      throws VerificationException, CollateralUnavailableException, X {
    PckChain chain = verifier.authenticate(quote, now);
    try {
      EndorsedQuote endorsed =
          verifier.endorse(quote, source.collateral(chain, quote.teeType(), now), now);
      if (gate.objection(endorsed.facts()).isEmpty()) {
        return verifier.verify(endorsed);
      }
    } catch (VerificationException e) {
      if (!CURABLE.contains(e.code())) {
        throw e;
      }
    }
    EndorsedQuote endorsed =
        verifier.endorse(quote, source.renewed(chain, quote.teeType(), now), now);
    Optional<X> objection = gate.objection(endorsed.facts());
    if (objection.isPresent()) {
      throw objection.get();
    }
    return verifier.verify(endorsed);
  }
}
