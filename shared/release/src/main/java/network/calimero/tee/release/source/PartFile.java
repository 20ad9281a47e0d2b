package network.calimero.tee.release.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is seen under its name only when it is complete. */
final class PartFile implements AutoCloseable {
  private static final String SUFFIX = ".part";

  private final Path target;
  private final Path part;
  private final OutputStream out;

  /** Opens a new file for writing. */
  interface Disk {
    OutputStream open(Path file) throws IOException;
  }

  private PartFile(Path target, Path part, OutputStream out) {
    this.target = target;
    this.part = part;
    this.out = out;
  }

  /** Begins one, with the folders that it is to be in. */
  static PartFile create(Path target, Disk disk) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "." + target.getFileName(), SUFFIX);
    part.toFile().deleteOnExit(); // should the program be stopped before this is closed
    return new PartFile(target, part, disk.open(part));
  }

  void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /** It is complete. */
  void commit() throws IOException {
    out.close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing of one that is not complete. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }
}
