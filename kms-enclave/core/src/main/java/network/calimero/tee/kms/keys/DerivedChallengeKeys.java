package network.calimero.tee.kms.keys;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.ChallengeKey;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * A key that the platform derives, for instances of one app that share their memory of uses: each
 * knows the challenges of all, and a restart ends none. Derived when it is first asked for, and
 * kept. Safe for use by several threads.
 */
public final class DerivedChallengeKeys implements ChallengeKeys {
  private final ServiceKeys keys;
  private final ReentrantLock deriving = new ReentrantLock();
  private volatile @Nullable ChallengeKey known;

  /** Of an app's keys. */
  public DerivedChallengeKeys(ServiceKeys keys) {
    this.keys = keys;
  }

  @Override
  public ChallengeKey current() throws KmsException {
    ChallengeKey key = known;
    if (key != null) {
      return key;
    }
    deriving.lock();
    try {
      ChallengeKey derived = known;
      if (derived == null) {
        derived = derive();
        known = derived;
      }
      return derived;
    } finally {
      deriving.unlock();
    }
  }

  private ChallengeKey derive() throws KmsException {
    try (SecretBytes secret = keys.challengeMac()) {
      return new ChallengeKey(secret, Instant.MIN);
    } catch (KeyDerivationException e) {
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform gave no key for challenges; the KMS operator's log says why. Try again",
          e);
    }
  }
}
