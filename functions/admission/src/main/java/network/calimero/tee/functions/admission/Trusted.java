package network.calimero.tee.functions.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;

/**
 * The nodes that are trusted.
 *
 * @param releases at least one
 * @param profiles at least one
 */
public record Trusted(List<ReleaseVersion> releases, Set<Profile> profiles) {
  /** Copies. */
  public Trusted {
    releases = List.copyOf(releases);
    profiles = Set.copyOf(profiles);
    if (releases.isEmpty() || profiles.isEmpty()) {
      throw new IllegalArgumentException("nobody is trusted");
    }
  }

  /**
   * What a node says it runs, as far as it is trusted.
   *
   * @param releases where its measurements are looked for
   * @param profile the only one that it may turn out to be of; empty: any trusted one
   * @param against what it says that is not trusted
   */
  record Wanted(List<ReleaseVersion> releases, Optional<Profile> profile, List<Reason> against) {}

  Wanted wanted(Registration registration) {
    List<Reason> against = new ArrayList<>();
    List<ReleaseVersion> wanted = releases;
    if (registration.release().isPresent()) {
      Optional<ReleaseVersion> version =
          ReleaseVersion.ofAnyTag(registration.release().get()).filter(releases::contains);
      wanted = version.stream().toList();
      if (version.isEmpty()) {
        against.add(
            new Reason(
                ReasonCode.RELEASE_NOT_TRUSTED,
                "release",
                "%s is not among the trusted releases, which are %s"
                    .formatted(registration.release().get(), tags())));
      }
    }
    Optional<Profile> profile = Optional.empty();
    if (registration.profile().isPresent()) {
      profile = Profile.of(registration.profile().get()).filter(profiles::contains);
      if (profile.isEmpty()) {
        against.add(
            new Reason(
                ReasonCode.PROFILE_NOT_TRUSTED,
                "profile",
                "%s is not among the trusted profiles, which are %s"
                    .formatted(registration.profile().get(), profileNames())));
      }
    }
    return new Wanted(wanted, profile, against);
  }

  String profileNames() {
    return profiles.stream().sorted().map(Profile::text).collect(Collectors.joining(", "));
  }

  private String tags() {
    return releases.stream().sorted().map(Family.NODE::tag).collect(Collectors.joining(", "));
  }
}
