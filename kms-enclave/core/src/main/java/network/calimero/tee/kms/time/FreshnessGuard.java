package network.calimero.tee.kms.time;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.collateral.CollateralGate;
import network.calimero.tee.dcap.CollateralFacts;

/**
 * Refuses a time that cannot be now, and collateral that Intel signed but has replaced. The host
 * sets the clock, and whoever serves collateral chooses among the sets that are valid at the same
 * time; an older one can call a platform UpToDate that the newest calls OutOfDate. Safe for use by
 * several threads.
 */
public final class FreshnessGuard {
  private final Instant buildTime;
  private final Minimums minimums;
  private final SeenCollateral seen;

  /**
   * A guard.
   *
   * @param buildTime before which it cannot be now: of the commit that this program was built from
   * @param seen what was seen so far; grows
   */
  public FreshnessGuard(Instant buildTime, Minimums minimums, SeenCollateral seen) {
    this.buildTime = buildTime;
    this.minimums = minimums;
    this.seen = seen;
  }

  /**
   * Judges the clock; to be asked before anything is verified or fetched. What it gives judges
   * collateral, in the same operation.
   *
   * @throws StaleException if it cannot be that time now
   */
  public CollateralGate<StaleException> at(Instant now) throws StaleException {
    if (now.isBefore(buildTime)) {
      throw new StaleException(
          Staleness.CLOCK_BEFORE_BUILD,
          "the clock of this KMS says %s, and it was built from sources of %s"
              .formatted(now, buildTime));
    }
    Instant issued = seen.newestIssue();
    if (now.isBefore(issued)) {
      throw new StaleException(
          Staleness.CLOCK_BEFORE_ISSUE_DATE,
          "the clock of this KMS says %s, and it has seen what was signed at %s"
              .formatted(now, issued));
    }
    return this::objection;
  }

  /** Something was signed then, by who can be believed: earlier than that it cannot be now. */
  public void saw(Instant signed) {
    seen.seeIssue(signed);
  }

  private Optional<StaleException> objection(CollateralFacts facts) {
    Optional<StaleException> older = seen.see(facts);
    return belowMinimum(facts).or(() -> older);
  }

  private Optional<StaleException> belowMinimum(CollateralFacts facts) {
    int tcb = facts.tcbInfo().evaluationDataNumber();
    if (tcb < minimums.tcbEvaluationDataNumber()) {
      return Optional.of(
          new StaleException(
              Staleness.TCB_INFO_BELOW_MINIMUM,
              "TCB info of %s for FMSPC %s has evaluation data number %d, and %d is the minimum"
                  .formatted(
                      facts.tee(), facts.fmspc().hex(), tcb, minimums.tcbEvaluationDataNumber())));
    }
    int qe = facts.qeIdentity().evaluationDataNumber();
    if (qe < minimums.qeEvaluationDataNumber()) {
      return Optional.of(
          new StaleException(
              Staleness.QE_IDENTITY_BELOW_MINIMUM,
              "the QE identity of %s has evaluation data number %d, and %d is the minimum"
                  .formatted(facts.tee(), qe, minimums.qeEvaluationDataNumber())));
    }
    return Optional.empty();
  }
}
