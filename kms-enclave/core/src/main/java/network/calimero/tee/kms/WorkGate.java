package network.calimero.tee.kms;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a few at a time do costly work, strictly in the order in which they came, so that whoever
 * sends much cannot push in front of whoever sends one request.
 */
public final class WorkGate {
  /**
   * About how many may wait; further ones are sent away at once. About as many as a key server
   * usually has connections: with fewer, turns would go to whoever is back soonest after being sent
   * away, which are those who send much.
   */
  static final int MAX_WAITING = 1_024;

  private final Semaphore places;
  private final Duration maxWait;

  /**
   * A gate.
   *
   * @param places how many work at a time, at least 1
   * @param maxWait how long one waits before being sent away
   */
  public WorkGate(int places, Duration maxWait) {
    if (places < 1) {
      throw new IllegalArgumentException("a gate with " + places + " places");
    }
    this.places = new Semaphore(places, true);
    this.maxWait = maxWait;
  }

  /**
   * Waits for a place and works.
   *
   * @throws KmsException {@code rate_limited} if no place came free in time, or what the work
   *     throws
   */
  public <T> T pass(Work<T> work) throws KmsException {
    if (!admitted()) {
      throw KmsException.rateLimited(
          "too many requests are waiting for the same work; try again", Duration.ofSeconds(1));
    }
    try {
      return work.run();
    } finally {
      places.release();
    }
  }

  private boolean admitted() {
    if (places.getQueueLength() >= MAX_WAITING) {
      return false;
    }
    try {
      return places.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is done inside. */
  @FunctionalInterface
  public interface Work<T> {
    /** Works; may refuse. */
    T run() throws KmsException;
  }
}
