package network.calimero.tee.functions.gcp;

import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.Startup;

/** Admission, for callers with an identity token of Google's. */
public final class AdmissionCloudFunction extends CloudFunction {
  /** For the framework. */
  public AdmissionCloudFunction() {
    this(GoogleStartup.system());
  }

  private AdmissionCloudFunction(Startup startup) {
    super(
        startup.startOrTell(AdmissionDeployable.production()),
        GoogleIdTokens.configured(startup),
        startup.host().clock());
  }
}
