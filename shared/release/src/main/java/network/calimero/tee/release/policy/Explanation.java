package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.policy.Role;

/**
 * Whose machine a document would let in, in words.
 *
 * @param file what is explained
 * @param cohorts whom it lets in, one after the other; none if it only leads to other documents
 * @param remarks on the whole document
 */
public record Explanation(PolicyFile file, List<Admission> cohorts, List<String> remarks) {
  /** Copies. */
  public Explanation {
    cohorts = List.copyOf(cohorts);
    remarks = List.copyOf(remarks);
  }

  /**
   * One cohort.
   *
   * @param who who lets whom in, a sentence
   * @param must what a machine must be, each a sentence
   * @param could what anyone could do within that
   * @param unchecked what nobody looks at
   */
  public record Admission(
      Cohort cohort, String who, List<String> must, List<String> could, List<String> unchecked) {
    /** Copies. */
    public Admission {
      must = List.copyOf(must);
      could = List.copyOf(could);
      unchecked = List.copyOf(unchecked);
    }
  }

  /** Explains a document. */
  public static Explanation of(PolicyFile file) {
    List<Admission> cohorts = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    switch (file) {
      case PolicyFile.Index index ->
          remarks.add(
              "It lets in nobody itself: it leads to the policies of %d releases."
                  .formatted(index.entries().size()));
      case PolicyFile.Judging judging -> {
        judging.cohorts().forEach(cohort -> cohorts.add(AdmissionWords.of(judging, cohort)));
        remarks.add(
            "It counts only with its signature, which is not looked at here: mero-tee policy verify.");
        if (oneListForBoth(judging)) {
          remarks.add(
              "Both roles have the same lists, as files of old releases do: a KMS that judges by it"
                  + " takes other KMSs for nodes.");
        }
        judging
            .claims()
            .refusal()
            .ifPresent(reason -> remarks.add("No KMS uses it as it is: " + reason + "."));
      }
    }
    return new Explanation(file, cohorts, remarks);
  }

  private static boolean oneListForBoth(PolicyFile.Judging judging) {
    List<Cohort> cohorts = judging.cohorts();
    return cohorts.size() == 2
        && cohorts.getFirst().role() == Role.KMS
        && cohorts.getLast().role() == Role.NODE
        && cohorts.getFirst().values().equals(cohorts.getLast().values());
  }
}
