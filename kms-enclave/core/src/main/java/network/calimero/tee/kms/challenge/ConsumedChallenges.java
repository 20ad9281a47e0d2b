package network.calimero.tee.kms.challenge;

import java.time.Instant;

/**
 * Which challenges were used (kms-protocol.md, POST /get-key, steps 4 and 7). Remembers a challenge
 * at least until it expires.
 */
public interface ConsumedChallenges {

  /**
   * Whether it was used already.
   *
   * @throws ChallengeStoreException if that cannot be known now
   */
  boolean isConsumed(Challenge challenge) throws ChallengeStoreException;

  /**
   * Records the use, atomically: however many ask at once, one is told {@link Use.First}.
   *
   * @param now the time by which expired ones are forgotten
   * @throws ChallengeStoreException if it cannot be recorded now
   */
  Use consume(Challenge challenge, Instant now) throws ChallengeStoreException;

  /** What came of recording a use. */
  sealed interface Use {
    /** It is recorded, and this was the first. */
    record First() implements Use {}

    /** Somebody else used it before. */
    record Again() implements Use {}

    /**
     * There is no room; nothing was recorded.
     *
     * @param roomAt when it is worth asking again: where that is known, when the first of those
     *     remembered expires
     */
    record Full(Instant roomAt) implements Use {}
  }
}
