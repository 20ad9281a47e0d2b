package network.calimero.tee.kms.server.log;

import java.util.function.LongSupplier;

/** How many lines of a kind are told in a second: strangers decide how many there are. */
public final class LineBudget {
  /** More than any operator reads, and little enough for any disk. */
  static final int PER_SECOND = 20;

  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private long second = Long.MIN_VALUE;
  private int told;
  private long untold;

  /** All of it is there. */
  public LineBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How many have gone untold before this one; negative if this one goes untold as well. */
  public synchronized long take() {
    long now = Math.floorDiv(nanoTime.getAsLong(), SECOND);
    if (now != second) {
      second = now;
      told = 0;
    }
    if (told == PER_SECOND) {
      untold++;
      return -1;
    }
    told++;
    long before = untold;
    untold = 0;
    return before;
  }
}
