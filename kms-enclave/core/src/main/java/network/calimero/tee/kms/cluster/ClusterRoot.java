package network.calimero.tee.kms.cluster;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.challenge.ChallengeKey;
import network.calimero.tee.seal.Hkdf;
import network.calimero.tee.seal.RootSeal;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;

/**
 * The 32 bytes that all keys of a cluster come from (kms-protocol.md, "The TDX cluster backend").
 * They leave this object sealed, or not at all.
 */
public final class ClusterRoot implements AutoCloseable {
  /** In bytes. */
  public static final int SIZE = RootSeal.ROOT_SIZE;

  private static final int KEY_SIZE = 32;
  private static final Bytes DERIVE_SALT = ascii("mero-kms/tdx-root/derive/v1");
  // A salt of its own, so that no configurable path names this key.
  private static final Bytes CHALLENGE_SALT = ascii("mero-kms/tdx-root/challenge-mac/v1");
  private static final Bytes CHALLENGE_INFO = ascii("challenge");

  private final SecretBytes root;

  /**
   * The root of those bytes, which this object then owns.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public ClusterRoot(SecretBytes root) {
    if (root.length() != SIZE) {
      throw new IllegalArgumentException("a root has " + SIZE + " bytes");
    }
    this.root = root;
  }

  /** A new root: another cluster. */
  public static ClusterRoot generate(SecureRandom random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new ClusterRoot(SecretBytes.moveFrom(bytes));
  }

  /** The 32-byte key at a path, for the caller to close. */
  public SecretBytes derive(String path) {
    Bytes info = Bytes.of(path.getBytes(StandardCharsets.UTF_8));
    return Hkdf.derive(root, DERIVE_SALT, info, KEY_SIZE);
  }

  /** The 32-byte key of challenges, for the caller to close. */
  SecretBytes challengeKey() {
    return Hkdf.derive(root, CHALLENGE_SALT, CHALLENGE_INFO, ChallengeKey.SIZE);
  }

  Sealed sealTo(X25519PublicKey joiner, X25519KeyPair giver, Bytes joinNonce, SecureRandom random) {
    return RootSeal.seal(root, giver, joiner, joinNonce, random);
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Wipes it. */
  @Override
  public void close() {
    root.close();
  }

  /** Always the same text. */
  @Override
  public String toString() {
    return "[cluster root]";
  }
}
