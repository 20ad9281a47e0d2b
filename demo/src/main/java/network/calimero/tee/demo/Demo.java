package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.policy.release.PolicyDocumentException;

/** The demonstration as a program. Ends everything that it started, however it ends itself. */
public final class Demo {
  private static final int GOOD = 0;
  private static final int BAD = 1;
  private static final int MISUSED = 2;

  private final Options options;
  private final Screen screen;
  private final Closeables open = new Closeables();

  /** What the process ends with; a signal before the end is no success. */
  private volatile int exitCode = BAD;

  private Demo(Options options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  /** Runs it. */
  public static void main(String[] args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(MISUSED);
      return;
    }
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    if (options.help()) {
      out.print(Options.USAGE);
      return;
    }
    Demo demo = new Demo(options, new Screen(out, hasColours(System.getenv())));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::end, "end"));
    System.exit(demo.run());
  }

  /** As the convention of NO_COLOR has it. */
  private static boolean hasColours(Map<String, String> environment) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  private void end() {
    open.close();
    // Without this the process would end with 128 plus the signal's number.
    Runtime.getRuntime().halt(exitCode);
  }

  private int run() {
    try {
      exitCode = play();
    } catch (IOException | PolicyDocumentException e) {
      System.err.println("error: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Unsaid, it would leave the process running: servers hold it.
      System.getLogger(Demo.class.getName()).log(Level.ERROR, "the demonstration is at fault", e);
    }
    return exitCode;
  }

  private int play() throws IOException, InterruptedException, PolicyDocumentException {
    Files.deleteIfExists(options.addresses());
    screen.line(
        "The platform below is SIMULATED, its root of trust included; all above it is real.");
    screen.section("Starting");
    long start = System.nanoTime();
    SimulatedSite site = SimulatedSite.start(Instant.now(), open);
    started("the simulated platform, its collateral at " + site.pcsUrl(), start);
    start = System.nanoTime();
    SimulatedReleases releases = open.add(SimulatedReleases.publish(site));
    started("releases %s at %s".formatted(SimulatedReleases.VERSION, releases.url()), start);
    ReleaseStage release = new ReleaseStage(releases, screen);
    if (!release.play()) {
      return BAD;
    }
    screen.section("A KMS that takes its policy from the release");
    start = System.nanoTime();
    KmsChild kms =
        open.add(
            KmsChild.start(
                KmsChild.simulated(site.root(), releases.trustedRoot(), KmsChild.FIRST_COMPILER),
                releases.kmsEnvironment(site),
                site.file("kms.log")));
    URI url = kms.awaitHealth();
    kms.awaitPolicy();
    started("a KMS, a process of its own, at " + url, start);
    boolean good = release.configure(url, site.merodConfig());
    start = System.nanoTime();
    SimulatedFunctions functions =
        open.add(
            SimulatedFunctions.start(site, releases, options.page(), site.file("functions.log")));
    started("the functions at " + functions.url(), start);
    good &= new FunctionsStage(site, functions, url, screen).play();
    good &= new Scenario(site, release.kmsMeasurements(), url, screen).play();
    return options.keep() ? keep(site, releases, functions, kms, url, good) : exit(good);
  }

  private static int exit(boolean good) {
    return good ? GOOD : BAD;
  }

  private void started(String what, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    screen.line("  %s %-86s%8s".formatted(screen.green("✓"), what, Screen.text(took)));
  }

  /** Waits for a signal; that the KMS ends by itself is worth a word. */
  private int keep(
      SimulatedSite site,
      SimulatedReleases releases,
      SimulatedFunctions functions,
      KmsChild kms,
      URI url,
      boolean good)
      throws IOException {
    open.add(Addresses.write(options, site, releases, functions, url, kms.log()));
    screen.line(Guide.text(site, releases, url, kms.log(), options.addresses()));
    screen.line(Guide.functions(functions, url, options.page().isPresent()));
    exitCode = exit(good);
    int ended = kms.ended().join();
    if (ended != GOOD) {
      System.err.println("error: the KMS ended with code " + ended);
      return BAD;
    }
    return exitCode;
  }
}
