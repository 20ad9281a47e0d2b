package network.calimero.tee.node;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.secret.SecretBytes;

/** A key that a KMS released, of a size that a node takes. {@link #close()} wipes it. */
public final class ReleasedKey implements AutoCloseable {
  private static final int MIN_DIGITS = 2 * SealedRelease.MIN_KEY_SIZE;
  private static final int MAX_DIGITS = 2 * SealedRelease.MAX_KEY_SIZE;

  private final SecretBytes key;
  private final String fingerprint;

  private ReleasedKey(byte[] key) {
    this.fingerprint = Bytes.of(Sha256.of(key)).hex();
    this.key = SecretBytes.moveFrom(key);
  }

  static ReleasedKey ofHex(String hex) throws NodeException {
    if (hex.length() > MAX_DIGITS || hex.length() % 2 != 0 || hex.length() < MIN_DIGITS) {
      throw new NodeException(
          Code.KEY_UNUSABLE,
          "the key has %d hex digits; a node takes an even number from %d to %d"
              .formatted(hex.length(), MIN_DIGITS, MAX_DIGITS));
    }
    if (!Hex.isHex(hex)) {
      throw new NodeException(Code.KEY_UNUSABLE, "the key is not hex");
    }
    return new ReleasedKey(Hex.decode(hex));
  }

  static ReleasedKey of(SecretBytes key) {
    try (key) {
      return key.use(secret -> new ReleasedKey(secret.clone()));
    }
  }

  /** The key itself. */
  public SecretBytes secret() {
    return key;
  }

  /** Its size in bytes. */
  public int length() {
    return key.length();
  }

  /** SHA-256 of the key's bytes, lower-case hex: tells keys apart without showing them. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The key as lower-case hex in ASCII, which is how nodes use it; the caller wipes it. */
  public byte[] hexText() {
    try (SecretBytes text = key.hexText()) {
      return text.use(byte[]::clone);
    }
  }

  /** Whether both are the same key; takes the same time wherever they differ. */
  public boolean isSameAs(ReleasedKey other) {
    return key.equals(other.key);
  }

  @Override
  public void close() {
    key.close();
  }

  /** The fingerprint only. */
  @Override
  public String toString() {
    return "key of SHA-256 " + fingerprint;
  }
}
