package network.calimero.tee.kms.server;

import java.util.Optional;
import network.calimero.tee.kms.challenge.ConsumedChallenges;

/** A memory of used challenges that several key servers share. */
public interface ChallengeStore extends ConsumedChallenges, AutoCloseable {

  /**
   * Why it cannot be used, now or a few seconds ago, without its password and address; empty if it
   * can.
   */
  Optional<String> fault();

  /** Lets go of its connections. */
  @Override
  void close();
}
