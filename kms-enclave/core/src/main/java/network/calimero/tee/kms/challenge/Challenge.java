package network.calimero.tee.kms.challenge;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;

/** A genuine challenge of this key server, for one peer. Only {@link ChallengeIssuer} makes one. */
public final class Challenge {
  private final ChallengeId id;
  private final Bytes nonce;
  private final Instant expiresAt;

  Challenge(ChallengeId id, Bytes nonce, Instant expiresAt) {
    this.id = id;
    this.nonce = nonce;
    this.expiresAt = expiresAt;
  }

  /** By what the node names it. */
  public ChallengeId id() {
    return id;
  }

  /** The 32 bytes that the node's quote must carry. */
  public Bytes nonce() {
    return nonce;
  }

  /** From this instant on it is worth nothing; whole seconds. */
  public Instant expiresAt() {
    return expiresAt;
  }
}
