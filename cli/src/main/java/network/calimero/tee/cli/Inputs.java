package network.calimero.tee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import network.calimero.tee.node.PlainText;

/** Reads what users name, never more than a limit. */
final class Inputs {
  static final String STDIN = "-";

  private Inputs() {}

  /**
   * What a file or standard input holds.
   *
   * @return at most {@code max + 1} bytes, so that the caller can tell what is too large
   * @throws FailureException if it cannot be read
   */
  static byte[] read(Console console, String name, int max) throws FailureException {
    try {
      if (name.equals(STDIN)) {
        return console.in().readNBytes(max + 1);
      }
      try (InputStream file = Files.newInputStream(Path.of(name))) {
        return file.readNBytes(max + 1);
      }
    } catch (IOException e) {
      throw FailureException.input(
          "cannot read %s: %s".formatted(name, reason(e)), "check the path and its permissions");
    }
  }

  /** The JDK's own messages for these are the bare path. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> PlainText.of(e);
    };
  }
}
