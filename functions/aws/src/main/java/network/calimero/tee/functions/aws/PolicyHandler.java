package network.calimero.tee.functions.aws;

import network.calimero.tee.functions.app.PolicyDeployable;

/** Releases and policies: what Lambda is told to start. */
public final class PolicyHandler extends LambdaFunction {
  /** For the runtime. */
  public PolicyHandler() {
    super(AwsStartup.system(), PolicyDeployable.production());
  }
}
