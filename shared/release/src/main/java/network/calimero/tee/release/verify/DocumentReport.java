package network.calimero.tee.release.verify;

import java.util.List;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.source.SourceException;

/**
 * What came of verifying one document of a release.
 *
 * @param checks in the order in which they were made; the last has failed if it is refused
 */
public record DocumentReport(
    ReleaseVersion version, Asset asset, List<Check> checks, Outcome outcome) {
  /** Copies. */
  public DocumentReport {
    checks = List.copyOf(checks);
  }

  /** Whether it is genuine. */
  public sealed interface Outcome {}

  /** It is signed by who has to, and is what its name says of that version. */
  public record Genuine(VerifiedAsset document) implements Outcome {}

  /** The release has no such file, or there is no such release. */
  public record Absent() implements Outcome {}

  /** It is not genuine. */
  public record Refused(Refusal refusal) implements Outcome {}

  /** Nobody knows: something could not be had. */
  public record Unknown(SourceException failure) implements Outcome {}
}
