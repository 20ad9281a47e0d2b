package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Which app a KMS on dstack may be. */
final class ComposeRules {
  /** From about here on each profile has one, and nodes refuse a policy without. */
  private static final ReleaseVersion REQUIRED = new ReleaseVersion(2, 3, 73);

  private ComposeRules() {}

  static void check(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    if (cohort.role() != Role.KMS) {
      return;
    }
    Optional<AllowedList<Bytes>> list = cohort.composeHashes();
    if (PairRules.isCluster(file)) {
      if (list.isPresent()) {
        out.accept(Finding.of(LintCode.COMPOSE_HASH_FORBIDDEN, file, cohort.words(), ""));
      }
    } else if (list.isEmpty() || list.get().values().isEmpty()) {
      Finding missing = Finding.of(LintCode.COMPOSE_HASH_MISSING, file, cohort.words(), "");
      boolean required = file.version().filter(v -> v.compareTo(REQUIRED) >= 0).isPresent();
      out.accept(required ? missing.as(Severity.ERROR) : missing);
    }
  }

  /** Of all KMS cohorts of one release. */
  static void checkShared(List<PairRules.Placed> cohorts, Consumer<Finding> out) {
    List<PairRules.Placed> seen = new ArrayList<>();
    for (PairRules.Placed placed : cohorts) {
      for (PairRules.Placed earlier : seen) {
        if (!earlier.cohort().profile().equals(placed.cohort().profile())
            && hashes(earlier).stream().anyMatch(hashes(placed)::contains)) {
          out.accept(
              Finding.of(
                  LintCode.COMPOSE_HASH_SHARED,
                  earlier.file(),
                  earlier.cohort().words(),
                  "with " + placed.file().name()));
        }
      }
      seen.add(placed);
    }
  }

  private static Set<Bytes> hashes(PairRules.Placed placed) {
    return placed.cohort().composeHashes().map(AllowedList::values).orElse(Set.of());
  }
}
