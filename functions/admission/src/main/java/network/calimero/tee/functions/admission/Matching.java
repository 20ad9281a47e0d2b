package network.calimero.tee.functions.admission;

import static network.calimero.tee.appraisal.Reason.Code.TCB_STATUS_NOT_ALLOWED;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.calimero.tee.appraisal.Appraiser;
import network.calimero.tee.appraisal.AttestationResult.Affirming;
import network.calimero.tee.appraisal.AttestationResult.Contraindicated;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;

/**
 * Compares measurements with cohorts: all five registers with the lists of one and the same, so
 * that registers of two profiles never add up to a node.
 */
final class Matching {
  private final List<Cohort> cohorts;
  private final Trusted trusted;
  private final Optional<Profile> wanted;

  /**
   * Compares with those.
   *
   * @param cohorts newest release first, of untrusted profiles too
   * @param wanted the profile that the node is said to be of
   */
  Matching(List<Cohort> cohorts, Trusted trusted, Optional<Profile> wanted) {
    this.cohorts = cohorts;
    this.trusted = trusted;
    this.wanted = wanted;
  }

  /** By what a verified quote of a VM says. */
  Match of(VerifiedQuote evidence, TdReport report) {
    if (cohorts.isEmpty()) {
      return nothingPublished();
    }
    List<Cohort> fitting =
        cohorts.stream()
            .filter(cohort -> Appraiser.appraise(evidence, cohort.policy()) instanceof Affirming)
            .toList();
    return fitting.isEmpty() ? Match.none(differences(evidence, report)) : chosen(fitting, true);
  }

  /** By an MRTD alone, which says little: images of one cloud share it (measurements.md). */
  Match of(Measurement mrtd) {
    if (cohorts.isEmpty()) {
      return nothingPublished();
    }
    List<Cohort> fitting = cohorts.stream().filter(c -> c.has(Register.MRTD, mrtd)).toList();
    return fitting.isEmpty()
        ? Match.none(
            ReasonCode.MEASUREMENT_NOT_PUBLISHED,
            Register.MRTD.name(),
            "MRTD %s is published for no trusted release".formatted(mrtd.hex()))
        : chosen(fitting, false);
  }

  private static Match nothingPublished() {
    return Match.none(
        ReasonCode.NOTHING_PUBLISHED, "release", "no trusted release has published measurements");
  }

  /**
   * The newest that is wanted and trusted.
   *
   * @param conclusive whether what fitted tells profiles apart: then one that is not trusted beside
   *     it, of whatever trusted release, is a reason against
   */
  private Match chosen(List<Cohort> fitting, boolean conclusive) {
    Optional<Cohort> found =
        fitting.stream()
            .filter(cohort -> trusted.profiles().contains(cohort.profile()))
            .filter(cohort -> wanted.isEmpty() || wanted.get() == cohort.profile())
            .findFirst();
    if (found.isEmpty()) {
      return Match.none(List.of(otherProfile(fitting)));
    }
    Cohort cohort = found.get();
    List<Profile> alike = fitting.stream().map(Cohort::profile).distinct().toList();
    if (conclusive && !trusted.profiles().containsAll(alike)) {
      return Match.none(
          ReasonCode.PROFILE_AMBIGUOUS,
          "profile",
          "these measurements are those of %s alike".formatted(names(fitting)));
    }
    List<Profile> same =
        fitting.stream()
            .filter(other -> other.version().equals(cohort.version()))
            .map(Cohort::profile)
            .toList();
    Optional<Profile> profile = wanted.or(() -> only(same));
    return new Match(found, profile, List.of());
  }

  private static Optional<Profile> only(List<Profile> profiles) {
    return profiles.size() == 1 ? Optional.of(profiles.getFirst()) : Optional.empty();
  }

  private Reason otherProfile(List<Cohort> fitting) {
    boolean differs = fitting.stream().map(Cohort::profile).anyMatch(trusted.profiles()::contains);
    return differs
        ? new Reason(
            ReasonCode.PROFILE_DIFFERS,
            "profile",
            "the measurements are those of %s, not of %s"
                .formatted(names(fitting), wanted.map(Profile::text).orElse("")))
        : new Reason(
            ReasonCode.PROFILE_NOT_TRUSTED,
            "profile",
            "the measurements are those of %s; trusted are %s"
                .formatted(names(fitting), trusted.profileNames()));
  }

  private static String names(List<Cohort> cohorts) {
    return cohorts.stream()
        .map(cohort -> cohort.profile().text())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What the cohort that comes nearest lacks. */
  private List<Reason> differences(VerifiedQuote evidence, TdReport report) {
    Cohort nearest =
        cohorts.stream()
            .min(
                Comparator.<Cohort>comparingInt(cohort -> unpublished(cohort, report).size())
                    .thenComparing(cohort -> !trusted.profiles().contains(cohort.profile())))
            .orElseThrow();
    List<Reason> reasons = new ArrayList<>();
    if (Appraiser.appraise(evidence, nearest.policy()) instanceof Contraindicated judged) {
      judged.reasons().stream()
          .filter(reason -> reason.code() == TCB_STATUS_NOT_ALLOWED)
          .map(reason ->
              new Reason(ReasonCode.TCB_STATUS_NOT_ALLOWED, reason.subject(), reason.text()))
          .forEach(reasons::add);
    }
    List<Register> differing = unpublished(nearest, report);
    boolean eachKnown =
        differing.stream()
            .allMatch(register ->
                cohorts.stream().anyMatch(other -> other.has(register, register.in(report))));
    for (Register register : differing) {
      reasons.add(
          new Reason(
              eachKnown
                  ? ReasonCode.MEASUREMENTS_OF_DIFFERENT_IMAGES
                  : ReasonCode.MEASUREMENT_NOT_PUBLISHED,
              register.name(),
              "%s %s is not published for %s, which comes nearest"
                  .formatted(register, register.in(report).hex(), nearest)));
    }
    return reasons;
  }

  private static List<Register> unpublished(Cohort cohort, TdReport report) {
    List<Register> differing = new ArrayList<>();
    for (Register register : Register.values()) {
      if (!cohort.has(register, register.in(report))) {
        differing.add(register);
      }
    }
    return differing;
  }
}
