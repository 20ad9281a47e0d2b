package network.calimero.tee.functions.admission;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Settings of admission. What has no default is never guessed. */
public final class AdmissionSettings {
  private static final int MAX_RELEASES = 32;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  /** The releases whose nodes are trusted. */
  public static final Setting<List<ReleaseVersion>> RELEASES =
      Setting.optional(
          "ADMISSION_RELEASES",
          "up to " + MAX_RELEASES + " versions or tags with commas between them, such as 2.3.73",
          "Releases whose published node measurements are trusted; without any, nothing is decided.",
          AdmissionSettings::releases);

  /** The profiles whose nodes are trusted. */
  public static final Setting<Set<Profile>> PROFILES =
      Setting.of(
          "ADMISSION_PROFILES",
          "debug, debug-read-only, locked-read-only, with commas between them",
          "locked-read-only",
          "Profiles that are trusted; the operator of a debug machine sees all that it does.",
          AdmissionSettings::profiles);

  /** Merod's registration constant. */
  public static final Setting<RegistrationConstant> REGISTRATION_CONSTANT =
      Setting.optional(
          "ADMISSION_REGISTRATION_CONSTANT",
          RegistrationConstant.ACCEPTED,
          "merod's registration constant, read once from a trusted node; without it no quote is worth"
              + " more than a claim.",
          RegistrationConstant::parse);

  /** Whether claims are enough. */
  public static final Setting<Boolean> ALLOW_CLAIMED =
      Setting.of(
          "ADMISSION_ALLOW_CLAIMED",
          "true or false",
          "false",
          "Whether a node is admitted by its own word, or by a quote that may be relayed; answers say"
              + " so.",
          AdmissionSettings::flag);

  /** Who may ask. */
  public static final Setting<AllowedCallers> CALLERS =
      Setting.optional(
          "ADMISSION_CALLERS",
          AllowedCallers.ACCEPTED,
          "Who may ask for decisions; without any, nobody may.",
          AllowedCallers::parse);

  /** How long decisions hold. */
  public static final Setting<Duration> VALID_FOR =
      Setting.of(
          "ADMISSION_VALID_FOR",
          "a duration of ISO 8601 from PT1M to P30D",
          "P1D",
          "How long a decision holds at most; it never outlives the collateral that it rests on.",
          AdmissionSettings::duration);

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(RELEASES, PROFILES, REGISTRATION_CONSTANT, ALLOW_CLAIMED, CALLERS, VALID_FOR);

  private AdmissionSettings() {}

  /** The rules that were set; empty if no release is trusted. */
  public static Optional<Admission.Rules> rules(Settings settings) {
    return settings
        .find(RELEASES)
        .map(releases ->
            new Admission.Rules(
                new Trusted(releases, settings.get(PROFILES)),
                settings.find(REGISTRATION_CONSTANT),
                settings.get(ALLOW_CLAIMED),
                settings.get(VALID_FOR)));
  }

  private static List<ReleaseVersion> releases(String text) {
    List<ReleaseVersion> releases = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      ReleaseVersion version =
          ReleaseVersion.ofAnyTag(part.strip())
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "has \"%s\", which is no release".formatted(part.strip())));
      if (!releases.contains(version)) {
        releases.add(version);
      }
    }
    if (releases.size() > MAX_RELEASES) {
      throw new IllegalArgumentException("has more than " + MAX_RELEASES + " releases");
    }
    return List.copyOf(releases);
  }

  private static Set<Profile> profiles(String text) {
    Set<Profile> profiles = EnumSet.noneOf(Profile.class);
    for (String part : text.split(",", -1)) {
      profiles.add(
          Profile.of(part.strip())
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "has \"%s\", which is no profile".formatted(part.strip()))));
    }
    return profiles;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static Duration duration(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("is no duration", e);
    }
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is too short or too long");
    }
    return duration;
  }
}
