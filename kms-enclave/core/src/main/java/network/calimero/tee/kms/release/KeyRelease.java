package network.calimero.tee.kms.release;

import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.secret.SecretBytes;

/**
 * Releases keys, and only to affirmed evidence: there is no other way in (kms-protocol.md, POST
 * /get-key, step 8).
 */
public final class KeyRelease {
  /** Nodes refuse keys of fewer bytes. */
  private static final int MIN_KEY_SIZE = 32;

  /** Nodes refuse keys of more than 4,096 hex digits. */
  private static final int MAX_KEY_SIZE = 2_048;

  private final KeyDeriver deriver;
  private final String namespacePrefix;

  /**
   * Releases keys under a prefix.
   *
   * @param namespacePrefix first part of every path, without leading or trailing {@code /}
   */
  public KeyRelease(KeyDeriver deriver, String namespacePrefix) {
    if (namespacePrefix.isEmpty()
        || namespacePrefix.startsWith("/")
        || namespacePrefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "a prefix of key paths is not empty and has no slash at either end");
    }
    this.deriver = deriver;
    this.namespacePrefix = namespacePrefix;
  }

  /**
   * The key of a peer in the cohort whose policy its evidence passed.
   *
   * @return for the caller to close
   * @throws KmsException {@code key_derivation_failed}
   */
  public SecretBytes release(AttestationResult.Affirming affirmed, PeerId peer)
      throws KmsException {
    String profile = affirmed.policy().profile().text();
    SecretBytes key = derive(namespacePrefix + "/" + profile + "/" + peer.text());
    if (key.length() < MIN_KEY_SIZE || key.length() > MAX_KEY_SIZE) {
      key.close();
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform derived a key of %d bytes, which no node accepts".formatted(key.length()));
    }
    return key;
  }

  private SecretBytes derive(String path) throws KmsException {
    try {
      return deriver.derive(path);
    } catch (KeyDerivationException e) {
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "the platform gave no key; the KMS operator's log says why. Ask for a new challenge and"
              + " try again",
          e);
    }
  }
}
