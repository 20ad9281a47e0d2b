package network.calimero.tee.functions.admission;

import java.util.Optional;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.release.published.ReleaseStore;

/**
 * What the admission function works with.
 *
 * @param rules empty if no release is trusted: then nothing is decided
 * @param store its documents proven under the one root that is believed
 * @param verifier of quotes, under the one root that is believed
 * @param collateral proven under the verifier's root
 * @param log is told every verdict
 */
public record AdmissionParts(
    Optional<Admission.Rules> rules,
    AllowedCallers callers,
    ReleaseStore store,
    DcapVerifier verifier,
    CollateralSource collateral,
    EventLog log) {
  /** How many platforms' chains and sets of collateral are remembered as proven. */
  private static final int PROVEN = 64;

  /** Whether any root that is believed is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return store.isSimulated() || !verifier.anchor().isIntel();
  }

  /**
   * With Intel's root and Sigstore's, which no setting changes.
   *
   * @param settings {@link AdmissionSettings#ALL}
   * @param store {@link ReleaseStore#production}
   * @param collateral proven under Intel's root
   * @throws IllegalArgumentException if the store believes another root
   */
  public static AdmissionParts production(
      Settings settings, ReleaseStore store, CollateralSource collateral, EventLog log) {
    if (store.isSimulated()) {
      throw new IllegalArgumentException("a simulated store is not for production");
    }
    return simulated(settings, store, TrustAnchor.intel(), collateral, log);
  }

  /**
   * With other roots, for demonstrations and tests; never from configuration.
   *
   * @param settings {@link AdmissionSettings#ALL}
   */
  public static AdmissionParts simulated(
      Settings settings,
      ReleaseStore store,
      TrustAnchor anchor,
      CollateralSource collateral,
      EventLog log) {
    return new AdmissionParts(
        AdmissionSettings.rules(settings),
        settings.find(AdmissionSettings.CALLERS).orElseGet(AllowedCallers::nobody),
        store,
        DcapVerifier.caching(anchor, VerifierOptions.STRICT, PROVEN),
        collateral,
        log);
  }

  /** The same for whoever calls: local development, whose every answer then says so. */
  public AdmissionParts openForDevelopment() {
    return new AdmissionParts(
        rules, AllowedCallers.openForDevelopment(), store, verifier, collateral, log);
  }

  Optional<Admission> admission() {
    OnlineVerifier online = new OnlineVerifier(verifier, collateral);
    return rules.map(some -> new Admission(some, online::verify, store));
  }
}
