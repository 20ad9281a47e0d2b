package network.calimero.tee.collateral.pcs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a source of collateral holds and what fails, at one moment: for readiness and people. */
public record CollateralStatus(List<Piece> pieces) {
  /** Sorted by name. */
  public CollateralStatus {
    pieces = pieces.stream().sorted(Comparator.comparing(Piece::name)).toList();
  }

  /**
   * One piece of collateral.
   *
   * @param name for people, like {@code TDX TCB info of FMSPC 00906ed50000}
   * @param isForAll whether every platform needs it
   * @param fetchedAt when what is held was asked for; empty if nothing is held
   * @param validUntil until when that is given out: its next update, or the end of a certificate
   *     behind it if that is sooner
   * @param refreshAt when it is asked for again
   * @param lastFailure why the last attempt failed, with its hosts; empty if it did not
   * @param retryAt before when a failed attempt is not repeated
   */
  public record Piece(
      String name,
      boolean isForAll,
      Optional<Instant> fetchedAt,
      Optional<Instant> validUntil,
      Optional<Instant> refreshAt,
      Optional<String> lastFailure,
      Optional<Instant> retryAt) {

    /** Whether it is given out at that time. */
    public boolean isUsable(Instant now) {
      return validUntil.isPresent() && !now.isAfter(validUntil.get());
    }
  }
}
