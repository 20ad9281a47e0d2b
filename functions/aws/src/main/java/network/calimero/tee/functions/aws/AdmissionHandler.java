package network.calimero.tee.functions.aws;

import network.calimero.tee.functions.app.AdmissionDeployable;

/** Admission, for signed requests: what Lambda is told to start. */
public final class AdmissionHandler extends LambdaFunction {
  /** For the runtime. */
  public AdmissionHandler() {
    super(AwsStartup.system(), AdmissionDeployable.production());
  }
}
