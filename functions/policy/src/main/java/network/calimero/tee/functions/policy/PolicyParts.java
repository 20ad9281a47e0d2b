package network.calimero.tee.functions.policy;

import java.time.Duration;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.release.published.ReleaseStore;

/**
 * What the policy function works with.
 *
 * @param store its documents proven under the one root that is believed
 * @param verifier of probed machines' quotes
 * @param collateral proven under the verifier's root
 * @param listTime how long the releases of one list are verified; the rest is answered as not known
 */
public record PolicyParts(
    ReleaseStore store, DcapVerifier verifier, CollateralSource collateral, Duration listTime) {
  private static final Duration LIST_TIME = Duration.ofSeconds(10);

  /** How many platforms' chains and sets of collateral are remembered as proven. */
  private static final int PROVEN = 16;

  /** Whether any root that is believed is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return store.isSimulated() || !verifier.anchor().isIntel();
  }

  /**
   * With Intel's root and Sigstore's, which no setting changes.
   *
   * @param store {@link ReleaseStore#production}
   * @param collateral proven under Intel's root
   * @throws IllegalArgumentException if the store believes another root
   */
  public static PolicyParts production(ReleaseStore store, CollateralSource collateral) {
    if (store.isSimulated()) {
      throw new IllegalArgumentException("a simulated store is not for production");
    }
    return simulated(store, TrustAnchor.intel(), collateral);
  }

  /** With other roots, for demonstrations and tests; never from configuration. */
  public static PolicyParts simulated(
      ReleaseStore store, TrustAnchor anchor, CollateralSource collateral) {
    return new PolicyParts(
        store, DcapVerifier.caching(anchor, VerifierOptions.STRICT, PROVEN), collateral, LIST_TIME);
  }
}
