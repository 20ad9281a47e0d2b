package network.calimero.tee.functions.contract;

import java.util.List;
import network.calimero.tee.functions.aws.AwsStartup;
import network.calimero.tee.functions.spring.FunctionBeans;

/** What spring-cloud-function makes. */
public final class ContractBeans extends FunctionBeans {
  /** For Spring. */
  public ContractBeans() {
    super(List.of(new EveryFunction(System.getenv())), AwsStartup::system);
  }
}
