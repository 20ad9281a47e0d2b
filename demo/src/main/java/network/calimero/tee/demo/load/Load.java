package network.calimero.tee.demo.load;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import network.calimero.tee.demo.KmsChild;
import network.calimero.tee.demo.SimulatedSite;

/** Measures and prints; judges nothing, for machines differ. */
public final class Load {
  private static final String WARM = "warm";
  private static final int MISUSED = 2;

  private Load() {}

  /** Arguments: the checkout's root; then nothing, or {@code warm} and its options. */
  public static void main(String[] args) throws Exception {
    String[] words = Arrays.copyOfRange(args, 1, args.length);
    boolean warm = words.length > 0 && words[0].equals(WARM);
    if (words.length > 0 && List.of("-h", "--help").contains(words[words.length - 1])) {
      System.out.print(WarmOptions.USAGE);
      return;
    }
    if (words.length > 0 && !warm) {
      misused("there is no measurement " + words[0]);
    }
    WarmOptions options = warm ? options(Arrays.copyOfRange(words, 1, words.length)) : null;
    PrintStream out = System.out;
    out.printf(
        "%d cores, Java %s%n%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Runtime.getRuntime().addShutdownHook(new Thread(site::close, "end"));
      if (options == null) {
        amongStrangers(site, Path.of(args[0]), out);
      } else {
        new WarmLoad(site, options, out).measure();
      }
    }
    System.exit(0);
  }

  private static WarmOptions options(String... words) {
    try {
      return WarmOptions.parse(words);
    } catch (IllegalArgumentException e) {
      misused(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static void misused(String why) {
    System.err.println("error: " + why + "\n\n" + WarmOptions.USAGE);
    System.exit(MISUSED);
  }

  private static void amongStrangers(SimulatedSite site, Path root, PrintStream out)
      throws Exception {
    StartUp.measure(root, site.file("").toAbsolutePath(), out);
    Map<String, String> environment = site.kmsEnvironment();
    environment.put("CHALLENGE_TTL_SECS", "3600");
    environment.put("MAX_CONSUMED_CHALLENGES", "1000000");
    try (KmsChild kms =
        KmsChild.start(KmsChild.simulated(site.root()), environment, site.file("kms.log"))) {
      URI url = kms.awaitHealth();
      new AmongStrangers(site, url, out).measure();
    }
  }
}
