package network.calimero.tee.cli;

import java.util.Optional;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.Refusal;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.VerifiedRelease;

/**
 * What came of verifying a release, as commands tell it.
 *
 * @param failure empty if it is genuine
 */
record ReleaseVerdict(ReleaseReport report, Optional<Failure> failure, int exit) {

  static ReleaseVerdict of(ReleaseReport report) {
    return switch (report.outcome()) {
      case ReleaseReport.Genuine _ -> new ReleaseVerdict(report, Optional.empty(), Exits.OK);
      case ReleaseReport.Refused(Refusal refusal) ->
          new ReleaseVerdict(report, Optional.of(failure(refusal)), Exits.REJECTED);
      case ReleaseReport.Unknown(SourceException e) ->
          new ReleaseVerdict(
              report,
              Optional.of(new Failure(e.code().text(), e.reason(), e.code().advice())),
              Exits.of(e.code()));
    };
  }

  private static Failure failure(Refusal refusal) {
    return new Failure(
        refusal.code(),
        null,
        refusal.subject() + ": " + refusal.reason(),
        refusal.found(),
        refusal.expected(),
        refusal.advice());
  }

  /** The release, if it is genuine. */
  Optional<VerifiedRelease> release() {
    return report.outcome() instanceof ReleaseReport.Genuine(VerifiedRelease release)
        ? Optional.of(release)
        : Optional.empty();
  }

  /**
   * The release.
   *
   * @throws FailureException if it is not genuine, or nobody knows
   */
  VerifiedRelease required() throws FailureException {
    Optional<VerifiedRelease> release = release();
    if (release.isEmpty()) {
      throw new FailureException(exit, failure.orElseThrow());
    }
    return release.get();
  }
}
