package network.calimero.tee.policy;

import java.util.Locale;
import java.util.Optional;

/**
 * A cohort of images (measurements.md, "Profiles"). Measurements, policies and key paths carry it:
 * a node of one is never taken for a node of another.
 */
public enum Profile {
  DEBUG("debug"),
  DEBUG_READ_ONLY("debug-read-only"),
  LOCKED_READ_ONLY("locked-read-only");

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  /** As key paths and file names spell it. */
  public String text() {
    return text;
  }

  /**
   * The profile of that name, in any case and surrounded by white space; empty for any other text.
   */
  public static Optional<Profile> of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (Profile profile : values()) {
      if (profile.text.equals(wanted)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
