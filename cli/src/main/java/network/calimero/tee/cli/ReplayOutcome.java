package network.calimero.tee.cli;

import java.util.List;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.RegisterComparison;
import org.jspecify.annotations.Nullable;

/** What came of holding an event log against a quote. */
sealed interface ReplayOutcome {
  /** The four registers beside the quote's; none if there is no quote. */
  List<RegisterComparison> registers();

  /** There was nothing to compare with. */
  record NoQuote() implements ReplayOutcome {
    @Override
    public List<RegisterComparison> registers() {
      return List.of();
    }
  }

  /**
   * Compared with a quote that nobody verified.
   *
   * @param failure why the quote could not prove the log; null if it could, were it genuine
   */
  record Compared(List<RegisterComparison> registers, @Nullable Failure failure)
      implements ReplayOutcome {}

  /** A verified quote does not prove it. */
  record Refuted(List<RegisterComparison> registers, Failure failure) implements ReplayOutcome {}

  /** A verified quote proves it. */
  record Proven(List<RegisterComparison> registers, ProvenLog log, TrustAnchor anchor)
      implements ReplayOutcome {}
}
