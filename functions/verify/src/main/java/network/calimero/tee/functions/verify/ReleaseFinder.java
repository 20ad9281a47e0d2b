package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;

/** Finds the release that evidence is of: the named one, or the newest that fits. */
final class ReleaseFinder {
  /** How many releases of each role are looked through. */
  static final int MOST = 12;

  private final Releases releases;
  private final NewestReleases newest;

  ReleaseFinder(Releases releases, NewestReleases newest) {
    this.releases = releases;
    this.newest = newest;
  }

  /** What came of looking. */
  sealed interface Finding {}

  /**
   * A release to hold the evidence to.
   *
   * @param likeliest the judgements that come nearest, all equally so; at least one
   * @param how {@code name}, {@code compose_hash} or {@code measurements}
   */
  record Found(List<Judgement> likeliest, String how) implements Finding {}

  /**
   * None.
   *
   * @param failed whether that speaks against the evidence
   */
  record NotFound(boolean failed, String code, String reason) implements Finding {}

  /**
   * Looks.
   *
   * @param roles what the evidence may be of
   */
  Finding find(
      VerifyCall call,
      VerifiedQuote quote,
      Optional<Bytes> composeHash,
      Set<Role> roles,
      Instant now) {
    return call.release().isPresent()
        ? named(call.release().get(), call.profile(), quote, composeHash, roles, now)
        : search(call.profile(), quote, composeHash, roles, now);
  }

  private Finding named(
      VerifyCall.Release release,
      Optional<Profile> profile,
      VerifiedQuote quote,
      Optional<Bytes> composeHash,
      Set<Role> roles,
      Instant now) {
    List<Judgement> judgements = new ArrayList<>();
    for (Role role : Role.values()) {
      if (roles.contains(role) && release.roles().contains(role)) {
        switch (releases.find(release.version(), role, now)) {
          case ReleaseLookup.Found(List<Expected> expected) ->
              judgements.addAll(judged(expected, profile, quote, composeHash));
          case ReleaseLookup.Absent _ -> {}
          case ReleaseLookup.Refused(String code, String reason) -> {
            return new NotFound(true, code, "the release is not genuine: " + reason);
          }
          case ReleaseLookup.Unknown(String code, String reason) -> {
            return new NotFound(false, code, "the release could not be had: " + reason);
          }
        }
      }
    }
    return judgements.isEmpty()
        ? new NotFound(
            false,
            CheckCode.RELEASE_ABSENT.text(),
            "no such release says anything of such a machine and profile")
        : found(judgements, "name");
  }

  private static List<Judgement> judged(
      List<Expected> expected,
      Optional<Profile> profile,
      VerifiedQuote quote,
      Optional<Bytes> composeHash) {
    return expected.stream()
        .filter(one -> profile.isEmpty() || one.policy().profile() == profile.get())
        .map(one -> Judgement.of(quote, composeHash, one))
        .toList();
  }

  private static Found found(List<Judgement> judgements, String how) {
    Judgement best = judgements.stream().min(Judgement.LIKELIEST).orElseThrow();
    return new Found(judgements.stream().filter(best::isAsLikelyAs).toList(), how);
  }

  private Finding search(
      Optional<Profile> profile,
      VerifiedQuote quote,
      Optional<Bytes> composeHash,
      Set<Role> roles,
      Instant now) {
    Map<Role, List<ReleaseVersion>> listed = listed(roles, now);
    List<Candidate> candidates = candidates(listed);
    Optional<String> unknown = Optional.empty();
    for (Candidate candidate : candidates) {
      switch (releases.find(candidate.version(), candidate.role(), now)) {
        case ReleaseLookup.Found(List<Expected> expected) -> {
          List<Judgement> fitting =
              judged(expected, profile, quote, composeHash).stream()
                  .filter(one -> one.isOfRelease() || one.compose() == Judgement.Compose.FITS)
                  .toList();
          if (!fitting.isEmpty()) {
            boolean byHash =
                fitting.stream().anyMatch(one -> one.compose() == Judgement.Compose.FITS);
            return found(fitting, byHash ? "compose_hash" : "measurements");
          }
        }
        case ReleaseLookup.Absent _ -> {}
        case ReleaseLookup.Refused(String code, String reason) ->
            unknown = Optional.of("%s: %s".formatted(candidate.version(), reason));
        case ReleaseLookup.Unknown(String code, String reason) ->
            unknown = Optional.of("%s: %s".formatted(candidate.version(), reason));
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    boolean all = listed.values().stream().allMatch(versions -> versions.size() <= MOST);
    return notFound(candidates.size(), all, unknown);
  }

  private record Candidate(ReleaseVersion version, Role role) {}

  private Map<Role, List<ReleaseVersion>> listed(Set<Role> roles, Instant now) {
    Map<Role, List<ReleaseVersion>> listed = new EnumMap<>(Role.class);
    for (Role role : roles) {
      Family family = role == Role.NODE ? Family.NODE : Family.KMS;
      listed.put(role, newest.newest(family, now));
    }
    return listed;
  }

  /** The newest of each role first: evidence is mostly of those, and looking takes time. */
  private static List<Candidate> candidates(Map<Role, List<ReleaseVersion>> listed) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      for (Map.Entry<Role, List<ReleaseVersion>> of : listed.entrySet()) {
        if (i < of.getValue().size()) {
          candidates.add(new Candidate(of.getValue().get(i), of.getKey()));
        }
      }
    }
    return candidates;
  }

  private static NotFound notFound(int looked, boolean all, Optional<String> unknown) {
    if (looked == 0) {
      return new NotFound(
          false,
          CheckCode.NO_RELEASE_NAMED.text(),
          "no release was named, and none is known to look through");
    }
    return unknown
        .map(why ->
            new NotFound(
                false, CheckCode.RELEASES_UNKNOWN.text(), "not every release could be had: " + why))
        .orElseGet(() ->
            all
                ? new NotFound(
                    true,
                    CheckCode.NO_RELEASE_FITS.text(),
                    "none of the %d releases has these measurements".formatted(looked))
                : new NotFound(
                    false,
                    CheckCode.NO_NEW_RELEASE_FITS.text(),
                    "none of the newest %d releases has these measurements; older ones were not"
                            .formatted(looked)
                        + " looked at"));
  }
}
