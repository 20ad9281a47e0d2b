package network.calimero.tee.seal;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 public key (RFC 7748) that a secret can be agreed on with.
 *
 * @param value 32 bytes
 */
public record X25519PublicKey(Bytes value) {
  /** In bytes. */
  public static final int SIZE = X25519.POINT_SIZE;

  // Any clamped scalar is a multiple of the cofactor and not of the group's order, so it takes
  // exactly the points of low order to zero.
  private static final byte[] ANY_SCALAR = new byte[X25519.SCALAR_SIZE];

  /**
   * Takes the bytes of a key.
   *
   * @throws IllegalArgumentException if they are not 32, or a point of low order: what is agreed on
   *     with such a one is zero, whatever the other side's secret
   */
  public X25519PublicKey {
    if (value.length() != SIZE) {
      throw new IllegalArgumentException(
          "%d bytes, an X25519 key has %d".formatted(value.length(), SIZE));
    }
    byte[] agreed = new byte[SIZE];
    if (!X25519.calculateAgreement(ANY_SCALAR, 0, value.toArray(), 0, agreed, 0)) {
      throw new IllegalArgumentException("an X25519 key that agrees on zero with everybody");
    }
  }

  /** SHA-256 over the key, 32 bytes: what a KMS says its keys by (kms-config.md), and nodes pin. */
  public Bytes fingerprint() {
    return Sha256.of(value);
  }
}
