package network.calimero.tee.kms.cluster;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.KmsException;

/**
 * Nonces of joins: 60 seconds, used once, at most 1,024 outstanding (kms-protocol.md, POST
 * /cluster/nonce). Safe for use by several threads.
 */
final class ClusterNonces {
  /** In bytes. */
  static final int SIZE = 32;

  static final Duration LIFE = Duration.ofSeconds(60);
  static final int MAX_OUTSTANDING = 1_024;

  private final SecureRandom random;
  private final Map<Bytes, Instant> outstanding = new HashMap<>();

  ClusterNonces(SecureRandom random) {
    this.random = random;
  }

  /**
   * A new one.
   *
   * @throws KmsException {@code rate_limited} if as many as allowed are outstanding
   */
  synchronized Bytes issue(Instant now) throws KmsException {
    forgetExpired(now);
    if (outstanding.size() >= MAX_OUTSTANDING) {
      Instant roomAt = Collections.min(outstanding.values());
      throw KmsException.rateLimited(
          "%d nonces of joins are outstanding, which is the limit; try again when the first of them"
                  .formatted(MAX_OUTSTANDING)
              + " has expired",
          Duration.between(now, roomAt));
    }
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    Bytes nonce = Bytes.of(bytes);
    outstanding.put(nonce, now.plus(LIFE));
    return nonce;
  }

  /** Whether it was issued here, is in time and not used before; it is used now. */
  synchronized boolean use(Bytes nonce, Instant now) {
    Instant expiry = outstanding.remove(nonce);
    return expiry != null && expiry.isAfter(now);
  }

  private void forgetExpired(Instant now) {
    outstanding.values().removeIf(expiry -> !expiry.isAfter(now));
  }
}
