package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Releases whose values are those of another. */
final class ReuseRules {
  private ReuseRules() {}

  static void check(List<PolicyFile> files, Consumer<Finding> out) {
    List<PolicyFile.Judging> seen = new ArrayList<>();
    for (PolicyFile file : files) {
      if (file instanceof PolicyFile.Judging judging) {
        seen.stream()
            .filter(earlier -> isReused(earlier, judging))
            .findFirst()
            .ifPresent(earlier ->
                out.accept(
                    Finding.of(
                        LintCode.MEASUREMENTS_REUSED, judging, "", "as in " + earlier.name())));
        seen.add(judging);
      }
    }
  }

  private static boolean isReused(PolicyFile.Judging one, PolicyFile.Judging other) {
    if (one.version().equals(other.version()) || one.cohorts().size() != other.cohorts().size()) {
      return false;
    }
    for (int i = 0; i < one.cohorts().size(); i++) {
      Cohort first = one.cohorts().get(i);
      Cohort second = other.cohorts().get(i);
      if (first.role() != second.role()
          || !first.profile().equals(second.profile())
          || !DocumentRules.sameValues(first.values(), second.values())) {
        return false;
      }
    }
    return true;
  }
}
