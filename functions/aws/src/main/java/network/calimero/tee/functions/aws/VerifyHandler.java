package network.calimero.tee.functions.aws;

import network.calimero.tee.functions.app.VerifyDeployable;

/** The public verifier: what Lambda is told to start. */
public final class VerifyHandler extends LambdaFunction {
  /** For the runtime. */
  public VerifyHandler() {
    super(AwsStartup.system(), VerifyDeployable.production());
  }
}
