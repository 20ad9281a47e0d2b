package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files so that nobody ever sees half of one. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file, in place of what was there. Where a link leads to it, the link stays.
   *
   * @throws FailureException if it cannot be; what was there is then as it was
   */
  static void write(Path file, byte[] content) throws FailureException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, content); // a device or a pipe: there is nothing to put in its place
        return;
      }
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      replace(target, content);
    } catch (IOException e) {
      throw FailureException.input(
          "cannot write %s: %s".formatted(file, Inputs.reason(e)),
          "check the folder, its permissions, and that the disk is not full");
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Path folder = target.getParent();
    Path part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
    try {
      Files.write(part, content);
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
      } else {
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
      }
      move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
