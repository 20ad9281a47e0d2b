package network.calimero.tee.kms.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.Profile;

/**
 * What the image says, which is measured: the environment is not.
 *
 * @param pinned the profile that it is built for; empty: none in particular
 * @param settings the measured settings
 */
public record Image(Optional<Profile> pinned, MeasuredFile settings) {
  /** An image that says nothing: development. */
  public static final Image SILENT =
      new Image(Optional.empty(), MeasuredFile.absent(Files.DEFAULT.settings()));

  /**
   * Where an image has its files; only code chooses other places.
   *
   * @param profile holds the pinned profile, see {@link ImageProfile}
   * @param settings see {@link MeasuredFile}
   */
  public record Files(Path profile, Path settings) {
    /** Where images have them. */
    public static final Files DEFAULT =
        new Files(Path.of("/etc/mero-kms/image-profile"), Path.of("/etc/mero-kms/kms.env"));
  }

  /**
   * Reads both files, each of which may be missing.
   *
   * @throws ConfigurationException if one that is there cannot be read or holds something else
   */
  public static Image read(Files files) throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    Optional<Profile> pinned = Optional.empty();
    MeasuredFile settings = MeasuredFile.absent(files.settings());
    try {
      pinned = ImageProfile.read(files.profile());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      settings = MeasuredFile.read(files.settings());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Image(pinned, settings);
  }

  /**
   * Whether the environment is the adversary's: pinned, and to another profile than {@code debug}.
   */
  public boolean isLocked() {
    return pinned.filter(profile -> profile != Profile.DEBUG).isPresent();
  }
}
