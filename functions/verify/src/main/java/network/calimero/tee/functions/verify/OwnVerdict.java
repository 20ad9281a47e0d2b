package network.calimero.tee.functions.verify;

import java.util.Optional;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;

/** What came of this project's own verification of a quote (dcap.md). */
sealed interface OwnVerdict {
  /** Yes. */
  record Authentic(VerifiedQuote quote, Collateral collateral) implements OwnVerdict {
    @Override
    public Optional<Collateral> used() {
      return Optional.of(collateral);
    }
  }

  /**
   * No.
   *
   * @param collateral what it was held to; empty if it failed before any was asked for
   */
  record Rejected(VerificationException failure, Optional<Collateral> collateral)
      implements OwnVerdict {
    @Override
    public Optional<Collateral> used() {
      return collateral;
    }
  }

  /**
   * Don't know.
   *
   * @param collateral what was had, and does not do
   */
  record Unknown(String code, String reason, Optional<Collateral> collateral)
      implements OwnVerdict {
    Unknown(String code, String reason) {
      this(code, reason, Optional.empty());
    }

    @Override
    public Optional<Collateral> used() {
      return collateral;
    }
  }

  /** What it rests on; empty if nothing was to be had, or was asked for. */
  Optional<Collateral> used();
}
