package network.calimero.tee.demo.load;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import network.calimero.tee.demo.KmsChild;
import network.calimero.tee.demo.SimulatedSite;

/** Measures and prints; judges nothing, for machines differ. */
public final class Load {
  private Load() {}

  /** The argument is the checkout's root. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    out.printf(
        "%d cores, Java %s%n%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Runtime.getRuntime().addShutdownHook(new Thread(site::close, "end"));
      StartUp.measure(Path.of(args[0]), site.file("").toAbsolutePath(), out);
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("CHALLENGE_TTL_SECS", "3600");
      environment.put("MAX_CONSUMED_CHALLENGES", "1000000");
      try (KmsChild kms =
          KmsChild.start(KmsChild.simulated(site.root()), environment, site.file("kms.log"))) {
        URI url = kms.awaitHealth();
        new AmongStrangers(site, url, out).measure();
      }
    }
    System.exit(0);
  }
}
