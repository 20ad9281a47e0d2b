package network.calimero.tee.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where files of releases are kept between commands, or taken from alone. */
final class KeptFilesOptions {
  @Option(
      names = "--offline",
      paramLabel = "DIR",
      description =
          "Take all files from this folder, and ask nobody: as release fetch fills it, or all files"
              + " of both releases together.")
  private Optional<Path> offline = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Keep what is downloaded here, and use what is there; nothing of it is believed. By"
              + " default $XDG_CACHE_HOME/mero-tee/releases (~/.cache/mero-tee/releases).")
  private Optional<Path> cache = Optional.empty();

  @Option(names = "--no-cache", description = "Keep nothing.")
  private boolean noCache;

  /** The folder to take all files from, if there is one; no server is asked then. */
  Optional<Path> offline() throws FailureException {
    if (offline.isPresent() && !Files.isDirectory(offline.get())) {
      throw FailureException.input(
          "--offline %s: there is no such folder".formatted(offline.get()), "check the path");
    }
    return offline;
  }

  /** The folder to keep downloads in, if they are to be kept. */
  Optional<Path> folder(Map<String, String> environment) {
    if (noCache || offline.isPresent()) {
      return Optional.empty();
    }
    return cache.or(() ->
        ReleaseOptions.set(environment, "XDG_CACHE_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .or(() -> ReleaseOptions.set(environment, "HOME").map(home -> Path.of(home, ".cache")))
            .map(caches -> caches.resolve("mero-tee/releases")));
  }
}
