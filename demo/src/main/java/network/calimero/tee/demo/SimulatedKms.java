package network.calimero.tee.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.server.KmsProcess;
import network.calimero.tee.kms.server.Trust;
import network.calimero.tee.sigstore.TrustedRoot;

/**
 * The key server as a program for development: believes the roots that it is given, and so whatever
 * a simulator says. Everything else is production's, its environment variables included. No
 * artefact of production contains it.
 */
public final class SimulatedKms {
  private static final int MISUSED = 2;
  private static final String ROOT = "--root";
  private static final String SIGSTORE_ROOT = "--sigstore-root";
  private static final String UNTIL_INPUT_ENDS = "--until-input-ends";
  private static final String USAGE =
      """
      Usage: SimulatedKms --root FILE [--sigstore-root FILE] [--until-input-ends]
        --root FILE           believe this root certificate (PEM or DER)
        --sigstore-root FILE  believe signatures of releases under this trusted_root.json instead of
                              Sigstore's public one
        --until-input-ends    stop when standard input ends, so that it does not outlive its parent
      """;

  private SimulatedKms() {}

  /** Starts it; runs until a signal. */
  public static void main(String[] args) {
    Deque<String> arguments = new ArrayDeque<>(List.of(args));
    boolean untilInputEnds = arguments.remove(UNTIL_INPUT_ENDS);
    Optional<Path> root = file(ROOT, arguments);
    Optional<Path> sigstoreRoot = file(SIGSTORE_ROOT, arguments);
    if (root.isEmpty() || !arguments.isEmpty()) {
      refuse(USAGE);
    }
    TrustAnchor anchor = anchor(root.orElseThrow());
    Supplier<TrustedRoot> sigstore =
        sigstoreRoot.isPresent() ? sigstore(sigstoreRoot.get()) : Trust.PRODUCTION.releases();
    System.err.println(banner(anchor));
    KmsProcess.start(System.getenv(), Image.Files.DEFAULT, new Trust(() -> anchor, sigstore));
    Logger log = System.getLogger(SimulatedKms.class.getName());
    log.log(Level.WARNING, "SIMULATED: believes root " + anchor.fingerprint() + ", not Intel's");
    sigstoreRoot.ifPresent(
        file -> log.log(Level.WARNING, "SIMULATED: believes signatures of releases under " + file));
    if (untilInputEnds) {
      Thread.ofPlatform().daemon().name("input").start(SimulatedKms::stopWithInput);
    }
  }

  /** The file after an option, if that is the next; both are then taken. */
  private static Optional<Path> file(String option, Deque<String> arguments) {
    if (arguments.size() < 2 || !option.equals(arguments.peek())) {
      return Optional.empty();
    }
    arguments.remove();
    return Optional.of(Path.of(arguments.remove()));
  }

  private static Supplier<TrustedRoot> sigstore(Path file) {
    try {
      TrustedRoot root = TrustedRoot.parse(Bytes.of(Files.readAllBytes(file)));
      return () -> root;
    } catch (IOException e) {
      refuse("error: %s %s cannot be read: %s".formatted(SIGSTORE_ROOT, file, e));
    } catch (MalformedException e) {
      refuse("error: %s %s: %s".formatted(SIGSTORE_ROOT, file, e.reason()));
    }
    throw new IllegalStateException("the process has ended");
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
