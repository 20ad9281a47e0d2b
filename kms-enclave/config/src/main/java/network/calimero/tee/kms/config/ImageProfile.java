package network.calimero.tee.kms.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.Profile;

/** The profile that the image is built for, in a measured file (kms-config.md, "Pinning"). */
final class ImageProfile {
  private static final int MAX_SIZE = 256;

  private ImageProfile() {}

  /**
   * The pinned profile; empty if there is no such file.
   *
   * @throws ConfigurationException if there is one that cannot be read or holds no profile
   */
  static Optional<Profile> read(Path file) throws ConfigurationException {
    // Not "if it does not exist": what cannot be looked at may well be there.
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String content = content(file);
    Profile profile =
        Profile.of(content)
            .orElseThrow(() ->
                refusal(
                    file,
                    content.isBlank()
                        ? "is empty"
                        : "holds \"" + Parsers.brief(content.strip()) + "\", no profile"));
    return Optional.of(profile);
  }

  private static String content(Path file) throws ConfigurationException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_SIZE + 1);
      if (content.length > MAX_SIZE) {
        throw refusal(file, "has more than " + MAX_SIZE + " bytes");
      }
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static ConfigurationException refusal(Path file, String problem) {
    return new ConfigurationException(
        List.of(
            "%s pins the image's profile and %s; build the image with one of: debug,"
                    .formatted(file, problem)
                + " debug-read-only, locked-read-only"));
  }
}
