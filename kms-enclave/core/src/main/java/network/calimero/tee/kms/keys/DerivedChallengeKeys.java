package network.calimero.tee.kms.keys;

import java.time.Instant;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.ChallengeKey;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.secret.SecretBytes;

/**
 * A key that the platform derives, for instances of one app that share their memory of uses: each
 * knows the challenges of all, and a restart ends none. Derived when it is first asked for, and
 * kept. Safe for use by several threads.
 */
public final class DerivedChallengeKeys implements ChallengeKeys {
  private final ServiceKeys keys;
  private final KeptKey<ChallengeKey> key = new KeptKey<>();

  /** Of an app's keys. */
  public DerivedChallengeKeys(ServiceKeys keys) {
    this.keys = keys;
  }

  @Override
  public ChallengeKey current() throws KmsException {
    try {
      return key.get(this::derive);
    } catch (KeyDerivationException e) {
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform gave no key for challenges; the KMS operator's log says why. Try again",
          e);
    }
  }

  private ChallengeKey derive() throws KeyDerivationException {
    try (SecretBytes secret = keys.challengeMac()) {
      return new ChallengeKey(secret, Instant.MIN);
    }
  }
}
