package network.calimero.tee.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.server.KmsProcess;

/**
 * The key server as a program for development: believes the root that it is given, and so whatever
 * a simulator says. Everything else is production's, its environment variables included. No
 * artefact of production contains it.
 */
public final class SimulatedKms {
  private static final int MISUSED = 2;
  private static final String UNTIL_INPUT_ENDS = "--until-input-ends";
  private static final String USAGE =
      """
      Usage: SimulatedKms --root FILE [--until-input-ends]
        --root FILE         believe this root certificate (PEM or DER)
        --until-input-ends  stop when standard input ends, so that it does not outlive its parent
      """;

  private SimulatedKms() {}

  /** Starts it; runs until a signal. */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    boolean form = args.length >= 2 && args[0].equals("--root");
    if (!form || !List.of(UNTIL_INPUT_ENDS).containsAll(arguments.subList(2, args.length))) {
      refuse(USAGE);
    }
    TrustAnchor anchor = anchor(Path.of(args[1]));
    System.err.println(banner(anchor));
    KmsProcess.start(System.getenv(), Image.Files.DEFAULT, () -> anchor);
    Logger log = System.getLogger(SimulatedKms.class.getName());
    log.log(Level.WARNING, "SIMULATED: believes root " + anchor.fingerprint() + ", not Intel's");
    if (arguments.contains(UNTIL_INPUT_ENDS)) {
      Thread.ofPlatform().daemon().name("input").start(SimulatedKms::stopWithInput);
    }
  }

  private static TrustAnchor anchor(Path file) {
    try {
      return TrustAnchor.of(Bytes.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      refuse("error: --root %s cannot be read: %s".formatted(file, e));
    } catch (IllegalArgumentException e) {
      refuse("error: --root %s: %s".formatted(file, e.getMessage()));
    }
    throw new IllegalStateException("the process has ended");
  }

  private static String banner(TrustAnchor anchor) {
    return """
    ************************************************************************
    ** SIMULATED. This key server believes a root that is not Intel's, so **
    ** anybody who holds that root's key gets keys. For development only. **
    ************************************************************************
    root: %s, SHA-256 %s
    """
        .formatted(anchor.name(), anchor.fingerprint());
  }

  private static void stopWithInput() {
    try {
      while (System.in.read() >= 0) {
        // What comes does not matter, only that it ends.
      }
    } catch (IOException e) {
      System.err.println("standard input broke off: " + e);
    }
    System.exit(0);
  }

  private static void refuse(String message) {
    System.err.println(message);
    System.exit(MISUSED);
  }
}
