package network.calimero.tee.kms.keys;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A key that is derived when it is first asked for, once however many ask, and kept. Those who wait
 * for it do so for a while only: a platform that hangs must not collect them. Safe for use by
 * several threads.
 */
final class KeptKey<T> {
  /** As long as a platform may take for its answer. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final Duration maxWait;
  private final ReentrantLock deriving = new ReentrantLock();
  private volatile @Nullable T kept;

  KeptKey() {
    this(MAX_WAIT);
  }

  /** With how long somebody waits for another who derives it. */
  KeptKey(Duration maxWait) {
    this.maxWait = maxWait;
  }

  /** What is kept; empty if it was never derived. */
  Optional<T> kept() {
    return Optional.ofNullable(kept);
  }

  /**
   * The key, derived if there is none yet.
   *
   * @throws KeyDerivationException if the platform does not give it now; asked again the next time
   */
  T get(Derivation<T> derivation) throws KeyDerivationException {
    T known = kept;
    if (known != null) {
      return known;
    }
    await();
    try {
      T derived = kept;
      if (derived == null) {
        derived = derivation.derive();
        kept = derived;
      }
      return derived;
    } finally {
      deriving.unlock();
    }
  }

  private void await() throws KeyDerivationException {
    try {
      if (!deriving.tryLock(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new KeyDerivationException("others wait for the platform's answer already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyDerivationException("interrupted while others wait for the platform", e);
    }
  }

  /** How it is derived. */
  @FunctionalInterface
  interface Derivation<T> {
    /** Derives it. */
    T derive() throws KeyDerivationException;
  }
}
