package network.calimero.tee.functions.gcp;

import network.calimero.tee.functions.app.VerifyDeployable;

/** The public verifier: the target that the Functions Framework is told. */
public final class VerifyCloudFunction extends CloudFunction {
  /** For the framework. */
  public VerifyCloudFunction() {
    super(GoogleStartup.system(), VerifyDeployable.production());
  }
}
