package network.calimero.tee.functions.aws;

import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.Startup;

/** How a function starts on Lambda. */
public final class AwsStartup {
  private AwsStartup() {}

  /** With the environment that Lambda gives, and a log that Lambda collects. */
  public static Startup system() {
    Host host = Host.system(System.out);
    return new Startup(System.getenv(), AwsSecretStore.all(System.getenv(), host.clock()), host);
  }
}
