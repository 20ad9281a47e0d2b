package network.calimero.tee.kms.release;

import java.security.SecureRandom;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;

/**
 * Releases keys, and only to affirmed evidence: there is no other way in (kms-protocol.md, POST
 * /get-key, step 8).
 */
public final class KeyRelease {
  private final KeyDeriver deriver;
  private final ServiceKeys serviceKeys;
  private final KeyPrefixes prefixes;
  private final SecureRandom random;

  /**
   * Releases keys under a prefix for each role.
   *
   * @param serviceKeys have the key that answers are sealed with
   * @param random for sealing
   */
  public KeyRelease(
      KeyDeriver deriver, ServiceKeys serviceKeys, KeyPrefixes prefixes, SecureRandom random) {
    this.deriver = deriver;
    this.serviceKeys = serviceKeys;
    this.prefixes = prefixes;
    this.random = random;
  }

  /**
   * The key of a peer in the cohort and the role whose policy its evidence passed.
   *
   * @return for the caller to close, if it is plain
   * @throws KmsException {@code key_derivation_failed}
   */
  KeyAnswer release(AttestationResult.Affirming affirmed, Recipient recipient) throws KmsException {
    AppraisalPolicy policy = affirmed.policy();
    String path =
        prefixes.of(policy.role()) + "/" + policy.profile().text() + "/" + recipient.peer().text();
    try {
      return recipient.sealTo().isPresent()
          ? sealed(path, recipient, recipient.sealTo().get())
          : new KeyAnswer.Plain(derive(path));
    } catch (KeyDerivationException e) {
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform gave no key; the KMS operator's log says why. Ask for a new challenge and"
              + " try again",
          e);
    }
  }

  private KeyAnswer sealed(String path, Recipient recipient, X25519PublicKey sealTo)
      throws KeyDerivationException, KmsException {
    X25519KeyPair transport = serviceKeys.transport();
    try (SecretBytes key = derive(path)) {
      return new KeyAnswer.ForNode(
          SealedRelease.seal(
              key, transport, sealTo, recipient.challengeNonce(), recipient.peer(), random));
    }
  }

  private SecretBytes derive(String path) throws KeyDerivationException, KmsException {
    SecretBytes key = deriver.derive(path);
    if (key.length() < SealedRelease.MIN_KEY_SIZE || key.length() > SealedRelease.MAX_KEY_SIZE) {
      key.close();
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform derived a key of %d bytes, which no node accepts".formatted(key.length()));
    }
    return key;
  }
}
