package network.calimero.tee.functions.app;

import java.util.List;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.functions.admission.AdmissionFunction;
import network.calimero.tee.functions.admission.AdmissionParts;
import network.calimero.tee.functions.admission.AdmissionSettings;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.release.published.ReleaseStore;

/** Who gets in. */
public final class AdmissionDeployable implements Deployable {
  private final Trust trust;
  private final boolean local;

  private AdmissionDeployable(Trust trust, boolean local) {
    this.trust = trust;
    this.local = local;
  }

  /** Believes Intel and Sigstore; answers those whom {@code ADMISSION_CALLERS} lists. */
  public static AdmissionDeployable production() {
    return new AdmissionDeployable(Trust.PRODUCTION, false);
  }

  /** Believes others, for demonstrations and tests. */
  public static AdmissionDeployable simulated(Trust.Simulated trust) {
    return new AdmissionDeployable(trust, false);
  }

  /** The same for callers that a local server took for proven without proof, and for them only. */
  public AdmissionDeployable openForDevelopment() {
    return new AdmissionDeployable(trust, true);
  }

  @Override
  public String name() {
    return "admission";
  }

  @Override
  public List<Setting<?>> settings() {
    return Services.settings(AdmissionSettings.ALL);
  }

  @Override
  public Service service(Settings settings, Host host) {
    ReleaseStore store = Sources.releases(settings, trust);
    CollateralSource collateral = Sources.collateral(settings, trust, host);
    AdmissionParts parts =
        trust.isSimulated()
            ? AdmissionParts.simulated(settings, store, trust.platforms(), collateral, host.log())
            : AdmissionParts.production(settings, store, collateral, host.log());
    AdmissionFunction function = new AdmissionFunction(local ? parts.openForDevelopment() : parts);
    return Services.of(name(), "Admission", function.isSimulated(), function.endpoints(), host);
  }
}
