package network.calimero.tee.functions.gcp;

import java.util.List;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.Startup;

/** How a function starts on Google Cloud. */
final class GoogleStartup {
  private GoogleStartup() {}

  /** With the environment that it is deployed with, and a log that Cloud Logging collects. */
  static Startup system() {
    return new Startup(
        System.getenv(), List.of(GoogleSecretStore.google()), Host.system(System.out));
  }
}
