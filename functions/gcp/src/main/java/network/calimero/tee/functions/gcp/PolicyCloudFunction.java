package network.calimero.tee.functions.gcp;

import network.calimero.tee.functions.app.PolicyDeployable;

/** Releases and policies: the target that the Functions Framework is told. */
public final class PolicyCloudFunction extends CloudFunction {
  /** For the framework. */
  public PolicyCloudFunction() {
    super(GoogleStartup.system(), PolicyDeployable.production());
  }
}
