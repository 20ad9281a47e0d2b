package network.calimero.tee.release.published;

import java.time.Duration;
import java.time.Instant;

/** So many a minute and no more. For several threads. */
final class Pace {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int most;
  private Instant since = Instant.MIN;
  private int taken;

  Pace(int most) {
    this.most = most;
  }

  /** Takes one, if one is left. */
  synchronized boolean take(Instant now) {
    if (!now.isBefore(since.plus(MINUTE))) {
      since = now;
      taken = 0;
    }
    if (taken >= most) {
      return false;
    }
    taken++;
    return true;
  }
}
