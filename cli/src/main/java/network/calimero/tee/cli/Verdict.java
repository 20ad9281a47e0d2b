package network.calimero.tee.cli;

import java.util.Set;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;
import org.jspecify.annotations.Nullable;

/** What came of verifying a quote. */
sealed interface Verdict {
  /** The exit code that says it. */
  int exit();

  /** Yes; whether its status is allowed is another question. */
  record Authentic(VerifiedQuote evidence, Set<TcbStatus> allowed) implements Verdict {
    boolean statusAllowed() {
      return allowed.contains(evidence.tcb().status());
    }

    @Override
    public int exit() {
      return statusAllowed() ? Exits.OK : Exits.NOT_ALLOWED;
    }
  }

  /**
   * No.
   *
   * @param quote what was read of it; null if it could not be
   * @param earlierStepsPassed whether the steps before the failed one are known to have passed:
   *     with collateral that is fetched, what comes first is not always the first step
   */
  record Rejected(Failure failure, @Nullable Quote quote, boolean earlierStepsPassed)
      implements Verdict {
    @Override
    public int exit() {
      return Exits.REJECTED;
    }
  }

  /** Don't know. */
  record Unknown(Failure failure, Quote quote) implements Verdict {
    @Override
    public int exit() {
      return Exits.NO_VERDICT;
    }
  }
}
