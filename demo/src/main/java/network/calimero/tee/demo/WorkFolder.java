package network.calimero.tee.demo;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of its own for sockets and files, for its owner only, deleted in the end. Its path is
 * short, because the path of a Unix socket may have about 100 bytes.
 */
final class WorkFolder implements AutoCloseable {
  private static final int MAX_SOCKET_PATH = 100;
  private static final int MAX_TRIES = 10;

  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  static WorkFolder create() throws IOException {
    return new WorkFolder(
        Files.createTempDirectory(
            "mero-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Where a socket of that name can be. */
  Path socket(String name) throws IOException {
    Path path = file(name).toAbsolutePath();
    if (path.toString().length() > MAX_SOCKET_PATH) {
      throw new IOException(
          "%s is too long for a Unix socket; use a shorter folder with -Djava.io.tmpdir=/tmp"
              .formatted(path));
    }
    return path;
  }

  /** Tries again if something is put into it meanwhile: once it is gone, nothing can be. */
  @Override
  public void close() throws IOException {
    for (int tries = 1; Files.exists(folder); tries++) {
      try {
        deleteAll();
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private void deleteAll() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
