package network.calimero.tee.kms.keys;

import network.calimero.tee.secret.SecretBytes;

/** Derives keys from what only this key server's platform knows. */
@FunctionalInterface
public interface KeyDeriver {

  /**
   * The key at a path: always the same for the same path.
   *
   * @return at least 32 bytes, for the caller to close
   * @throws KeyDerivationException if there is none now
   */
  SecretBytes derive(String path) throws KeyDerivationException;
}
