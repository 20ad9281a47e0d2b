package network.calimero.tee.kms.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How something is now, or was a few seconds ago: it is asked at most every five seconds, and one
 * at a time, however many strangers want to know.
 */
public final class SpacedProbe {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Supplier<Optional<String>> check;
  private final ReentrantLock probing = new ReentrantLock();
  private volatile Probed last = new Probed(Instant.MIN, Optional.of("it was not asked yet"));

  private record Probed(Instant at, Optional<String> fault) {}

  /**
   * Nothing is asked yet.
   *
   * @param check says what is wrong, or nothing if all is well; bounded in time
   */
  public SpacedProbe(InstantSource clock, Supplier<Optional<String>> check) {
    this.clock = clock;
    this.check = check;
  }

  /** What is wrong; empty if all is well. */
  public Optional<String> fault() {
    Instant now = clock.instant();
    if (isDue(now) && probing.tryLock()) {
      try {
        if (isDue(now)) {
          last = new Probed(now, check.get());
        }
      } finally {
        probing.unlock();
      }
    }
    return last.fault();
  }

  private boolean isDue(Instant now) {
    return Duration.between(last.at(), now).abs().compareTo(INTERVAL) >= 0;
  }
}
