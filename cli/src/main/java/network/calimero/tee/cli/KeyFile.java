package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import network.calimero.tee.node.ReleasedKey;

/** A key in a file of its own: readable by its owner only, there in full or not at all. */
final class KeyFile {
  private KeyFile() {}

  /**
   * Tries, before there is a key, whether one could be written: a KMS is asked for it only then.
   *
   * @throws FailureException if not
   */
  static void requireWritable(Path file) throws FailureException {
    Path folder = folder(file);
    if (Files.isDirectory(file)) {
      throw unusable(file, "it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw unusable(file, "there is no folder " + folder);
    }
    try {
      Files.delete(temporary(folder));
    } catch (IOException e) {
      throw unusable(file, "no file can be made in %s: %s".formatted(folder, Inputs.reason(e)));
    }
  }

  /** Writes the key's hex text without a line end, in place of what was there. */
  static void write(Path file, ReleasedKey key) throws FailureException {
    Path absolute = file.toAbsolutePath();
    byte[] text = key.hexText();
    try {
      Path temporary = temporary(folder(absolute));
      try {
        writeAll(temporary, text);
        Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw unusable(file, Inputs.reason(e));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static Path temporary(Path folder) throws IOException {
    return Files.createTempFile(
        folder,
        ".mero-tee-",
        ".key",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static FailureException unusable(Path file, String why) {
    return FailureException.input(
        "cannot write the key to %s: %s".formatted(file, why),
        "name a file in a folder that is there and that this user may write to");
  }

  private static void writeAll(Path file, byte[] text) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }
}
