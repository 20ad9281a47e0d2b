package network.calimero.tee.kms.challenge;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * Used challenges in the memory of this process, bounded. Safe for use by several threads.
 *
 * <p>A request may have been found in time before others waited past the expiry and the entry was
 * forgotten; so whatever expires no later than the latest entry ever forgotten counts as used. That
 * also holds if the clock is set back.
 */
public final class InMemoryConsumedChallenges implements ConsumedChallenges {
  private final int capacity;
  private final Set<ChallengeId> used = new HashSet<>();
  private final Queue<Challenge> byExpiry =
      new PriorityQueue<>(Comparator.comparing(Challenge::expiresAt));
  private Instant forgottenUpTo = Instant.MIN;

  /**
   * An empty memory.
   *
   * @param capacity the most challenges remembered, at least 1; each takes about 300 bytes
   */
  public InMemoryConsumedChallenges(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a memory of " + capacity + " challenges");
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized boolean isConsumed(Challenge challenge) {
    return used.contains(challenge.id()) || !challenge.expiresAt().isAfter(forgottenUpTo);
  }

  @Override
  public synchronized Use consume(Challenge challenge, Instant now) {
    forgetExpired(now);
    if (isConsumed(challenge)) {
      return new Use.Again();
    }
    if (used.size() >= capacity) {
      return new Use.Full(byExpiry.element().expiresAt());
    }
    used.add(challenge.id());
    byExpiry.add(challenge);
    return new Use.First();
  }

  private void forgetExpired(Instant now) {
    Challenge next = byExpiry.peek();
    while (next != null && !next.expiresAt().isAfter(now)) {
      byExpiry.remove();
      used.remove(next.id());
      forgottenUpTo = next.expiresAt();
      next = byExpiry.peek();
    }
  }
}
