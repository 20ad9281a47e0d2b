package network.calimero.tee.kms.keys;

import java.util.Arrays;
import network.calimero.tee.kms.challenge.ChallengeKey;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.secret.SecretBytes;

/**
 * The keys of the key server itself, at paths that no node's key can have: there the second part is
 * a profile. The same in all instances of the app, and after a restart (kms-protocol.md, "Sealed
 * release"). Safe for use by several threads.
 */
public final class ServiceKeys implements AutoCloseable {
  private static final String TRANSPORT_PATH = "mero-kms/transport/x25519/v1";
  private static final String CHALLENGE_PATH = "mero-kms/challenge-mac/v1";

  private final KeyDeriver deriver;
  private final KeptKey<X25519KeyPair> transport = new KeptKey<>();

  /** Keys that are derived when they are first asked for, and kept. */
  public ServiceKeys(KeyDeriver deriver) {
    this.deriver = deriver;
  }

  /**
   * What nodes seal to and open with; stays this object's own.
   *
   * @throws KeyDerivationException if the platform does not give it now; asked again the next time
   */
  public X25519KeyPair transport() throws KeyDerivationException {
    return transport.get(
        () -> new X25519KeyPair(firstBytes(TRANSPORT_PATH, X25519KeyPair.SECRET_SIZE)));
  }

  /**
   * What challenges are MACs under where instances share their memory of uses.
   *
   * @return for the caller to close
   * @throws KeyDerivationException if the platform does not give it now
   */
  SecretBytes challengeMac() throws KeyDerivationException {
    return firstBytes(CHALLENGE_PATH, ChallengeKey.SIZE);
  }

  private SecretBytes firstBytes(String path, int size) throws KeyDerivationException {
    try (SecretBytes derived = deriver.derive(path)) {
      if (derived.length() < size) {
        throw new KeyDerivationException(
            "the platform derived %d bytes at %s, at least %d are needed"
                .formatted(derived.length(), path, size));
      }
      return derived.use(bytes -> SecretBytes.moveFrom(Arrays.copyOf(bytes, size)));
    }
  }

  /** Wipes them. */
  @Override
  public void close() {
    transport.kept().ifPresent(X25519KeyPair::close);
  }
}
