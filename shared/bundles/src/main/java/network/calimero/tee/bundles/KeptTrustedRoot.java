package network.calimero.tee.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * A directory that keeps Sigstore's trusted root as it was last fetched, and beside it what TUF
 * needs in order to know an older one when it sees it. Whoever can write here decides whose
 * signatures are believed.
 *
 * @param directory need not exist
 */
public record KeptTrustedRoot(Path directory) {
  static final String FILE = "trusted_root.json";

  /** More than ten times what Sigstore's own has. */
  static final int MAX_SIZE = 1 << 20;

  /** Where the trusted root itself is. */
  public Path file() {
    return directory.resolve(FILE);
  }

  /**
   * The trusted root as {@link TrustedRootUpdate} left it; empty if it never ran here.
   *
   * @throws IOException if there is one that cannot be read, or that is too large
   */
  public Optional<Bytes> read() throws IOException {
    try (InputStream in = Files.newInputStream(file())) {
      byte[] json = in.readNBytes(MAX_SIZE + 1);
      if (json.length > MAX_SIZE) {
        throw new IOException("more than " + MAX_SIZE + " bytes");
      }
      return Optional.of(Bytes.of(json));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  Path metadata() {
    return directory.resolve("tuf");
  }
}
