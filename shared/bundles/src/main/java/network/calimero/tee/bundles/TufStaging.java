package network.calimero.tee.bundles;

import dev.sigstore.tuf.FileSystemTufStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import network.calimero.tee.bundles.TrustedRootUpdateException.Code;

/**
 * A copy of what is kept, for an update to work on: the library writes as it goes, and may stop in
 * the middle. Gone when closed.
 */
final class TufStaging implements AutoCloseable {
  /** In the order in which each is believed because of the one before. */
  private static final List<String> METADATA =
      List.of("root.json", "timestamp.json", "snapshot.json", "targets.json");

  private final KeptTrustedRoot kept;
  private final Path copy;

  private TufStaging(KeptTrustedRoot kept, Path copy) {
    this.kept = kept;
    this.copy = copy;
  }

  /** A copy of its own, in the same file system as the original. */
  static TufStaging of(KeptTrustedRoot kept) throws TrustedRootUpdateException {
    try {
      Files.createDirectories(kept.metadata());
      Path copy = Files.createTempDirectory(kept.directory(), ".update-");
      TufStaging staging = new TufStaging(kept, copy);
      try {
        staging.copyIn();
        return staging;
      } catch (IOException e) {
        staging.close();
        throw e;
      }
    } catch (IOException e) {
      throw notKept(kept, e);
    }
  }

  private void copyIn() throws IOException {
    for (String name : METADATA) {
      Path file = kept.metadata().resolve(name);
      if (Files.exists(file)) {
        Files.copy(file, copy.resolve(name));
      }
    }
  }

  FileSystemTufStore files() throws IOException {
    return FileSystemTufStore.newFileSystemStore(copy);
  }

  /**
   * Puts everything in its place, the trusted root last. Each file is there as a whole or not at
   * all, and whatever an interruption leaves is a state that the next update can go on from.
   */
  void keep() throws TrustedRootUpdateException {
    try {
      for (String name : METADATA) {
        move(copy.resolve(name), kept.metadata().resolve(name));
      }
      move(copy.resolve("targets").resolve(KeptTrustedRoot.FILE), kept.file());
    } catch (IOException e) {
      throw notKept(kept, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static TrustedRootUpdateException notKept(KeptTrustedRoot kept, IOException e) {
    return new TrustedRootUpdateException(
        Code.TUF_NOT_KEPT,
        "cannot write to %s: %s".formatted(kept.directory(), e.getClass().getSimpleName()),
        e);
  }

  @Override
  public void close() {
    delete(copy.resolve("targets").resolve(KeptTrustedRoot.FILE));
    delete(copy.resolve("targets"));
    METADATA.forEach(name -> delete(copy.resolve(name)));
    delete(copy);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // Left behind under a name that nothing reads.
    }
  }
}
