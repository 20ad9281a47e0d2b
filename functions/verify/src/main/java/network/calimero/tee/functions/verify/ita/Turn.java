package network.calimero.tee.functions.verify.ita;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting for what one caller does for others, too. */
final class Turn {
  private Turn() {}

  /** Whether the lock could be had within that time; an interrupted caller gives up. */
  static boolean taken(ReentrantLock lock, Duration within) {
    try {
      return lock.tryLock(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
