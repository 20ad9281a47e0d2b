package network.calimero.tee.release.policy;

import java.util.List;
import java.util.Optional;

/**
 * One release in an index.
 *
 * @param version as the index spells it; empty if it does not say
 */
public record IndexEntry(String version, List<Reference> references) {
  /** Copies. */
  public IndexEntry {
    references = List.copyOf(references);
  }

  /**
   * One policy of that release.
   *
   * @param field where in the entry the policy is named
   * @param place path or URL of the policy
   * @param tag the release that the policy is said to be of
   * @param sha256 what it is said to hash to
   */
  public record Reference(
      String field, String place, Optional<String> tag, Optional<String> sha256) {}
}
