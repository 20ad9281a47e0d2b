package network.calimero.tee.functions.contract;

import network.calimero.tee.functions.app.Startup;
import network.calimero.tee.functions.aws.AwsStartup;
import network.calimero.tee.functions.aws.LambdaFunction;

/** What Lambda's runtime makes. */
public final class ContractLambda extends LambdaFunction {
  /** For the runtime. */
  public ContractLambda() {
    this(AwsStartup.system());
  }

  private ContractLambda(Startup startup) {
    super(startup.startOrTell(new EveryFunction(System.getenv())), startup.host().clock());
  }
}
