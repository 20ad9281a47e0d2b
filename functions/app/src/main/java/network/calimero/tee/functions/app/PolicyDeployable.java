package network.calimero.tee.functions.app;

import java.util.List;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.policy.PolicyFunction;
import network.calimero.tee.functions.policy.PolicyParts;
import network.calimero.tee.release.published.ReleaseStore;

/** Releases and policies. */
public final class PolicyDeployable implements Deployable {
  private final Trust trust;

  private PolicyDeployable(Trust trust) {
    this.trust = trust;
  }

  /** Believes Intel and Sigstore. */
  public static PolicyDeployable production() {
    return new PolicyDeployable(Trust.PRODUCTION);
  }

  /** Believes others, for demonstrations and tests. */
  public static PolicyDeployable simulated(Trust.Simulated trust) {
    return new PolicyDeployable(trust);
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public List<Setting<?>> settings() {
    return Services.settings(List.of());
  }

  @Override
  public Service service(Settings settings, Host host) {
    ReleaseStore store = Sources.releases(settings, trust);
    CollateralSource collateral = Sources.collateral(settings, trust, host);
    PolicyFunction function =
        new PolicyFunction(
            trust.isSimulated()
                ? PolicyParts.simulated(store, trust.platforms(), collateral)
                : PolicyParts.production(store, collateral));
    return Services.of(
        name(), "Releases and policies", function.isSimulated(), function.endpoints(), host);
  }
}
