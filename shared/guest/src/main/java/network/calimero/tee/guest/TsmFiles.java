package network.calimero.tee.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file operations that the kernel answers in configfs-tsm and sysfs. A seam, for it acts on
 * each of them (making a directory fills it, writing a register extends it) and ordinary files do
 * not.
 */
interface TsmFiles {

  /** Makes a report entry, which the kernel fills with attributes. */
  void createEntry(Path entry) throws IOException;

  /** Reads an attribute up to {@code limit} bytes. */
  byte[] read(Path attribute, int limit) throws IOException;

  /** Writes an attribute that is there, in one piece. */
  void write(Path attribute, byte[] content) throws IOException;

  /** Removes a report entry; its attributes go with it. */
  void removeEntry(Path entry) throws IOException;

  /** The real ones. */
  final class Kernel implements TsmFiles {

    @Override
    public void createEntry(Path entry) throws IOException {
      Files.createDirectory(entry);
    }

    @Override
    public byte[] read(Path attribute, int limit) throws IOException {
      try (InputStream in = Files.newInputStream(attribute)) {
        return in.readNBytes(limit);
      }
    }

    @Override
    public void write(Path attribute, byte[] content) throws IOException {
      Files.write(attribute, content, StandardOpenOption.WRITE);
    }

    @Override
    public void removeEntry(Path entry) throws IOException {
      Files.delete(entry);
    }
  }
}
