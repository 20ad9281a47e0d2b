package network.calimero.tee.cli;

import java.time.Duration;
import java.util.function.Supplier;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.ReleaseReport;

/**
 * Tries again while a release may not be complete yet.
 *
 * @param tries one at least
 * @param pause between two of them
 */
record Patience(int tries, Pause pause) {
  private static final Duration PAUSE = Duration.ofSeconds(6);

  /** As many tries as pauses fit into that time, and one. */
  static Patience upTo(int seconds) {
    int tries = 1 + Math.max(0, seconds) / (int) PAUSE.toSeconds();
    return new Patience(tries, () -> Thread.sleep(PAUSE));
  }

  /** Lets time pass. */
  interface Pause {
    void pause() throws InterruptedException;
  }

  ReleaseReport until(Supplier<ReleaseReport> attempt) {
    ReleaseReport report = attempt.get();
    for (int tried = 1; tried < tries && mayImprove(report.outcome()); tried++) {
      try {
        pause.pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return report;
      }
      report = attempt.get();
    }
    return report;
  }

  private static boolean mayImprove(ReleaseReport.Outcome outcome) {
    return switch (outcome) {
      case ReleaseReport.Genuine _ -> false;
      case ReleaseReport.Refused(var refusal) -> refusal.isOfMissingFile();
      case ReleaseReport.Unknown(SourceException failure) ->
          switch (failure.code()) {
            case UNREACHABLE, TIMEOUT, STATUS -> true;
            default -> false;
          };
    };
  }
}
