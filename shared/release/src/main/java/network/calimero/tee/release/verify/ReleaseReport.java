package network.calimero.tee.release.verify;

import java.util.List;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * What came of verifying a release.
 *
 * @param repository {@code owner/name}
 * @param checks in the order in which they were made; the last has failed if it is refused
 */
public record ReleaseReport(
    ReleaseVersion version, String repository, List<Check> checks, Outcome outcome) {
  /** Copies. */
  public ReleaseReport {
    checks = List.copyOf(checks);
  }

  /** Whether it is genuine. */
  public sealed interface Outcome {}

  /** It is, and this is what it says. */
  public record Genuine(VerifiedRelease release) implements Outcome {}

  /** It is not. */
  public record Refused(Refusal refusal) implements Outcome {}
}
