package network.calimero.tee.collateral;

import java.time.Instant;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.quote.TeeType;

/**
 * Where the collateral of a platform comes from. Only a platform whose PCK chain is proven to the
 * root can be asked for, so that nobody makes a source work for invented platforms.
 */
@FunctionalInterface
public interface CollateralSource {

  /**
   * The collateral to verify a quote of that platform with at that time, never "empty".
   *
   * @throws CollateralUnavailableException if it is not to be had now: nothing is known about the
   *     quote, and it can be asked again
   * @throws VerificationException if it was had and is refused (expired, badly signed, of another
   *     platform), with the code of the step that refuses it
   */
  Collateral collateral(PckChain chain, TeeType tee, Instant now)
      throws CollateralUnavailableException, VerificationException;

  /**
   * The same, asked for again at its origin because what was given does not fit the quote. A source
   * bounds how often it does so; one that keeps nothing has nothing to ask again.
   *
   * @throws CollateralUnavailableException as {@link #collateral} does
   * @throws VerificationException as {@link #collateral} does
   */
  default Collateral renewed(PckChain chain, TeeType tee, Instant now)
      throws CollateralUnavailableException, VerificationException {
    return collateral(chain, tee, now);
  }
}
