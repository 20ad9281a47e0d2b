package network.calimero.tee.functions.local;

import java.util.List;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.VerifyDeployable;

/** All three functions on this machine: the real roots, and callers without proof on loopback. */
public final class Main {
  private Main() {}

  /** Configured by the environment only; {@code --help} lists it. */
  public static void main(String[] args) {
    LocalProcess.run(
        args,
        List.of(
            VerifyDeployable.production(),
            PolicyDeployable.production(),
            AdmissionDeployable.production().openForDevelopment()));
  }
}
