package network.calimero.tee.collateral.pcs;

import java.time.Duration;

/**
 * How much collateral is kept, and when it is asked for again.
 *
 * @param entries pieces kept, and separately failures remembered; the least recently used goes
 *     first, and the three pieces that all platforms share are used every time
 * @param fetches pieces that callers may have fetched at once; at least 3; more are refused, not
 *     queued
 * @param backgroundFetches the same for refreshes, so that these never crowd out callers
 * @param refreshAfter the age at which a piece is asked for again, at most a day; half of what is
 *     left to its next update if that is sooner
 * @param firstRetry how long a failure is remembered; doubled with each one that follows
 * @param lastRetry where doubling ends
 * @param renewAfter the age from which a piece is asked for again because a quote did not fit it
 */
public record CachePolicy(
    int entries,
    int fetches,
    int backgroundFetches,
    Duration refreshAfter,
    Duration firstRetry,
    Duration lastRetry,
    Duration renewAfter) {
  private static final int LEAST_ENTRIES = 8;
  private static final int PIECES_AT_ONCE = 3;
  private static final Duration DAY = Duration.ofDays(1);

  /** 256 pieces, 16 and 4 fetches, half a day, 30 s to 5 min, 10 min. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(
          256,
          16,
          4,
          Duration.ofHours(12),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));

  /** Checks that all is in its bounds. */
  public CachePolicy {
    if (entries < LEAST_ENTRIES) {
      throw new IllegalArgumentException("a collateral cache of " + entries + " entries, below 8");
    }
    if (fetches < PIECES_AT_ONCE || backgroundFetches < 1) {
      throw new IllegalArgumentException(
          "fewer fetches of collateral than one platform needs at once");
    }
    if (!refreshAfter.isPositive() || refreshAfter.compareTo(DAY) > 0) {
      throw new IllegalArgumentException("collateral is asked for again once a day or more often");
    }
    if (!firstRetry.isPositive() || lastRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException("retries of collateral from above zero, ascending");
    }
    if (!renewAfter.isPositive()) {
      throw new IllegalArgumentException("a renewal of collateral without pause");
    }
  }

  /** How long the n-th failure in a row is remembered. */
  Duration pause(int failures) {
    Duration pause = firstRetry;
    for (int i = 1; i < failures && pause.compareTo(lastRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(lastRetry) < 0 ? pause : lastRetry;
  }
}
