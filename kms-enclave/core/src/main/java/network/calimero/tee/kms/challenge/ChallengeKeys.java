package network.calimero.tee.kms.challenge;

import java.security.SecureRandom;
import java.time.Instant;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.secret.SecretBytes;

/**
 * Where the key is from that challenges are MACs under: random, and then challenges are good in
 * this process only; or of the platform, and then all its instances know each other's.
 */
@FunctionalInterface
public interface ChallengeKeys {

  /**
   * The key; cheap, and the same object as long as it does not change.
   *
   * @throws KmsException if there is none now, with the reason for whoever asks
   */
  ChallengeKey current() throws KmsException;

  /** A key of this process's own: a restart ends every challenge, used or not. */
  static ChallengeKeys random(SecureRandom random) {
    byte[] bytes = new byte[ChallengeKey.SIZE];
    random.nextBytes(bytes);
    try (SecretBytes secret = SecretBytes.moveFrom(bytes)) {
      ChallengeKey key = new ChallengeKey(secret, Instant.MIN);
      return () -> key;
    }
  }
}
