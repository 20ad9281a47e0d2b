package network.calimero.tee.kms.server.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: twice as long each time, up to a limit, less a random
 * part of up to a half, so that many servers that failed together do not come back together.
 *
 * @param first the longest wait after one failure
 * @param limit the longest wait of all
 */
record Backoff(Duration first, Duration limit, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 30;

  /** From a second to five minutes. */
  static Backoff usual(RandomGenerator random) {
    return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), random);
  }

  /** The wait after that many failures, at least one. */
  Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long longest = Math.min(doubled, limit.toMillis());
    return Duration.ofMillis(longest - (long) (random.nextDouble() * longest / 2));
  }
}
