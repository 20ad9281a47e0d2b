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

  /** Writes the key's hex text without a line end, in place of what was there. */
  static void write(Path file, ReleasedKey key) throws FailureException {
    Path absolute = file.toAbsolutePath();
    byte[] text = key.hexText();
    try {
      Path temporary =
          Files.createTempFile(
              absolute.getParent(),
              ".mero-tee-",
              ".key",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        writeAll(temporary, text);
        Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw FailureException.input(
          "cannot write the key to %s: %s".formatted(file, Inputs.reason(e)),
          "name a file in a directory that this user may write to");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
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
