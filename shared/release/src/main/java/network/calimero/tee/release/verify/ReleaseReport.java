package network.calimero.tee.release.verify;

import java.util.List;
import java.util.Set;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.source.SourceException;

/**
 * What came of verifying a release.
 *
 * @param repository {@code owner/name}
 * @param families those that were to be verified
 * @param checks in the order in which they were made; the last has failed if it is refused
 */
public record ReleaseReport(
    ReleaseVersion version,
    String repository,
    Set<Family> families,
    List<Check> checks,
    Outcome outcome) {
  /** Copies. */
  public ReleaseReport {
    families = Set.copyOf(families);
    checks = List.copyOf(checks);
  }

  /** Whether it is genuine. */
  public sealed interface Outcome {}

  /** It is, and this is what it says. */
  public record Genuine(VerifiedRelease release) implements Outcome {}

  /** It is not. */
  public record Refused(Refusal refusal) implements Outcome {}

  /** Nobody knows: something could not be had. */
  public record Unknown(SourceException failure) implements Outcome {}
}
