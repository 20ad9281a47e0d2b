package network.calimero.tee.functions.verify.ita;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** So many a day (UTC) and no more, so that strangers cannot spend what a key is good for. */
final class DailyCap {
  private final int most;
  private LocalDate day = LocalDate.EPOCH;
  private int spent;

  DailyCap(int most) {
    this.most = most;
  }

  /** Takes one, if one is left. */
  synchronized boolean take(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      day = today;
      spent = 0;
    }
    if (spent >= most) {
      return false;
    }
    spent++;
    return true;
  }
}
