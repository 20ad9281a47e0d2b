package network.calimero.tee.kms.server;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Wall time read once, plus the time that has passed since: the host can set the clock before the
 * start, and no more after it.
 */
final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanoTime;

  /** Reads the wall clock, this once. */
  SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.start = wall.instant();
    this.startNanos = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
  }

  /** Of this machine. */
  static SteadyClock ofSystem() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime.getAsLong() - startNanos);
  }
}
