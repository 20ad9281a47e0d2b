package network.calimero.tee.functions.verify;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.appraisal.Appraiser;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.appraisal.Reason;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;

/**
 * Verified evidence held to what one release accepts in one profile.
 *
 * @param reasons against it; none if it is welcome
 */
record Judgement(Expected expected, List<Reason> reasons, Compose compose) {
  /** The likeliest first: what the compose document says, then how few reasons there are. */
  static final Comparator<Judgement> LIKELIEST =
      Comparator.comparingInt((Judgement judgement) -> judgement.compose().rank())
          .thenComparingLong(Judgement::unlisted)
          .thenComparingInt(judgement -> judgement.reasons().size());

  /** How the measured compose document fits. */
  enum Compose {
    FITS(0),
    RELEASE_NAMES_NONE(1),
    NOT_MEASURED(1),
    DIFFERS(2);

    private final int rank;

    Compose(int rank) {
      this.rank = rank;
    }

    /** Of two that nothing is known of neither is the likelier. */
    int rank() {
      return rank;
    }
  }

  static Judgement of(VerifiedQuote quote, Optional<Bytes> composeHash, Expected expected) {
    List<Reason> reasons =
        switch (Appraiser.appraise(quote, expected.policy())) {
          case AttestationResult.Affirming _ -> List.of();
          case AttestationResult.Contraindicated(List<Reason> some) -> some;
        };
    return new Judgement(expected, reasons, fit(composeHash, expected));
  }

  private static Compose fit(Optional<Bytes> measured, Expected expected) {
    if (expected.composeHashes().isEmpty()) {
      return Compose.RELEASE_NAMES_NONE;
    }
    if (measured.isEmpty()) {
      return Compose.NOT_MEASURED;
    }
    return expected.composeHashes().contains(measured.get()) ? Compose.FITS : Compose.DIFFERS;
  }

  /** How many registers are not those of the release. */
  long unlisted() {
    return reasons.stream()
        .filter(reason -> reason.code() != Reason.Code.TCB_STATUS_NOT_ALLOWED)
        .count();
  }

  /** Whether it is this release by its registers, and not another by its compose document. */
  boolean isOfRelease() {
    return unlisted() == 0 && compose != Compose.DIFFERS;
  }

  /** Whether it is as good a guess as another. */
  boolean isAsLikelyAs(Judgement other) {
    return LIKELIEST.compare(this, other) == 0;
  }
}
