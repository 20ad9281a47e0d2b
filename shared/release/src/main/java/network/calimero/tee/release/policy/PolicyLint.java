package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Looks for weaknesses of policies. Documents of one release that are given together are also held
 * against each other. Signatures are not looked at.
 */
public final class PolicyLint {
  private PolicyLint() {}

  /** Looks at some documents. */
  public static LintReport lint(List<PolicyFile> files) {
    List<Finding> findings = new ArrayList<>();
    for (PolicyFile file : files) {
      switch (file) {
        case PolicyFile.Judging judging -> alone(judging, findings::add);
        case PolicyFile.Index index -> IndexRules.check(index, findings::add);
      }
    }
    together(files, findings::add);
    return new LintReport(files, findings);
  }

  private static void alone(PolicyFile.Judging file, Consumer<Finding> out) {
    DocumentRules.check(file, out);
    for (Cohort cohort : file.cohorts()) {
      if (!isCopy(file, cohort)) {
        TcbRules.check(file, cohort, out);
        RegisterRules.check(file, cohort, out);
      }
      ComposeRules.check(file, cohort, out);
    }
  }

  /** The same lists serve both roles: said once is enough. */
  private static boolean isCopy(PolicyFile.Judging file, Cohort cohort) {
    return cohort.role() == Role.NODE
        && file.cohorts().getFirst().role() == Role.KMS
        && file.cohorts().getFirst().values().equals(cohort.values());
  }

  private static void together(List<PolicyFile> files, Consumer<Finding> out) {
    Map<Optional<ReleaseVersion>, List<PairRules.Placed>> releases = new LinkedHashMap<>();
    for (PolicyFile file : files) {
      if (file instanceof PolicyFile.Judging judging) {
        List<PairRules.Placed> placed =
            releases.computeIfAbsent(judging.version(), _ -> new ArrayList<>());
        judging.cohorts().forEach(cohort -> placed.add(new PairRules.Placed(judging, cohort)));
      }
    }
    for (List<PairRules.Placed> cohorts : releases.values()) {
      PairRules.check(cohorts, out);
      ComposeRules.checkShared(cohorts, out);
    }
    ReuseRules.check(files, out);
  }
}
