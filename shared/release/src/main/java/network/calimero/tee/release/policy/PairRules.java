package network.calimero.tee.release.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Cohorts of one release beside each other: who could be taken for whom. */
final class PairRules {
  /** From about here on KMS and nodes are images of one kind. */
  private static final ReleaseVersion CLUSTER = new ReleaseVersion(2, 3, 75);

  private PairRules() {}

  /** One cohort and the document that has it. */
  record Placed(PolicyFile.Judging file, Cohort cohort) {}

  /** Every two cohorts of a release, once. */
  static void check(List<Placed> cohorts, Consumer<Finding> out) {
    for (int i = 0; i < cohorts.size(); i++) {
      for (int j = i + 1; j < cohorts.size(); j++) {
        pair(cohorts.get(i), cohorts.get(j), out);
      }
    }
  }

  private static void pair(Placed one, Placed other, Consumer<Finding> out) {
    if (one.cohort().role() != other.cohort().role()) {
      roles(one, other, out);
    } else if (!one.cohort().profile().equals(other.cohort().profile())) {
      profiles(one, other, out);
    }
  }

  private static void roles(Placed one, Placed other, Consumer<Finding> out) {
    if (sameLists(one, other)) {
      out.accept(finding(LintCode.ONE_LIST_FOR_BOTH_ROLES, one, other, ""));
    } else if (one.cohort().overlaps(other.cohort())) {
      out.accept(finding(LintCode.ROLES_TWIN, one, other, ""));
    } else {
      if (one.cohort().shares(other.cohort(), Register.RTMR3)) {
        out.accept(finding(LintCode.RTMR3_SHARED, one, other, ""));
      }
      if (one.cohort().shares(other.cohort(), Register.RTMR2)) {
        Finding shared = finding(LintCode.RTMR2_SHARED, one, other, "");
        out.accept(isCluster(one.file()) ? shared : shared.as(Severity.WARNING));
      }
    }
  }

  /** They were read from the very same fields. */
  private static boolean sameLists(Placed one, Placed other) {
    return one.file().equals(other.file())
        && Arrays.stream(Register.values())
            .allMatch(r ->
                one.cohort()
                    .values()
                    .list(r)
                    .field()
                    .equals(other.cohort().values().list(r).field()));
  }

  static boolean isCluster(PolicyFile.Judging file) {
    Optional<String> provider = file.claims().provider();
    return provider.isPresent()
        ? provider.get().equals("mero-kms")
        : file.version().filter(version -> version.compareTo(CLUSTER) >= 0).isPresent();
  }

  private static void profiles(Placed one, Placed other, Consumer<Finding> out) {
    Cohort first = one.cohort();
    Cohort second = other.cohort();
    if (first.overlaps(second) || alikeWhereNamed(first, second)) {
      out.accept(finding(LintCode.PROFILES_TWIN, one, other, ""));
      return;
    }
    List<Register> shared =
        Arrays.stream(Register.values()).filter(r -> first.shares(second, r)).toList();
    boolean onlyRtmr3 =
        shared.containsAll(List.of(Register.MRTD, Register.RTMR0, Register.RTMR1, Register.RTMR2));
    if (onlyRtmr3 && first.role() == Role.NODE) {
      out.accept(finding(LintCode.PROFILES_DIFFER_IN_RTMR3_ONLY, one, other, ""));
    } else if (!shared.isEmpty()) {
      out.accept(
          finding(LintCode.PROFILES_SHARE_REGISTERS, one, other, RegisterRules.names(shared)));
    }
  }

  /** Equal in all that is named at all: what is not named tells nobody apart. */
  private static boolean alikeWhereNamed(Cohort first, Cohort second) {
    boolean any = false;
    for (Register register : Register.values()) {
      boolean named =
          !first.values().list(register).values().isEmpty()
              || !second.values().list(register).values().isEmpty();
      if (named && !first.shares(second, register)) {
        return false;
      }
      any |= named;
    }
    return any;
  }

  private static Finding finding(LintCode code, Placed one, Placed other, String detail) {
    String subject =
        one.cohort().role() == other.cohort().role()
            ? "%s: %s and %s"
                .formatted(
                    one.cohort().role() == Role.KMS ? "KMS" : one.cohort().role().toString(),
                    profile(one),
                    profile(other))
            : one.cohort().words() + " and " + other.cohort().words();
    String where =
        one.file().equals(other.file()) ? detail : join(detail, "with " + other.file().name());
    return Finding.of(code, one.file(), subject, where);
  }

  private static String profile(Placed placed) {
    return placed.cohort().profile().map(Profile::text).orElse("no profile");
  }

  private static String join(String detail, String more) {
    return detail.isEmpty() ? more : detail + "; " + more;
  }
}
