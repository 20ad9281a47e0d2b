package network.calimero.tee.functions.contract;

import java.util.List;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.Startup;
import network.calimero.tee.functions.gcp.CallerProof;
import network.calimero.tee.functions.gcp.CloudFunction;

/** What Google's function invoker makes. */
public final class ContractCloudFunction extends CloudFunction {
  /** For the invoker. */
  public ContractCloudFunction() {
    this(new Startup(System.getenv(), List.of(), Host.system(System.out)));
  }

  private ContractCloudFunction(Startup startup) {
    super(
        startup.startOrTell(new EveryFunction(System.getenv())),
        CallerProof.NONE,
        startup.host().clock());
  }
}
