package network.calimero.tee.seal;

import java.security.SecureRandom;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.secret.SecretBytes;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 key pair (RFC 7748). {@link #close()} wipes the secret half; agreeing afterwards fails.
 */
public final class X25519KeyPair implements AutoCloseable {
  /** Size of the secret half, in bytes. */
  public static final int SECRET_SIZE = X25519.SCALAR_SIZE;

  private final SecretBytes secret;
  private final X25519PublicKey publicKey;

  /**
   * The pair of that secret half, which this object then owns.
   *
   * @throws IllegalArgumentException if it has not 32 bytes
   */
  public X25519KeyPair(SecretBytes secret) {
    if (secret.length() != SECRET_SIZE) {
      throw new IllegalArgumentException("an X25519 secret has " + SECRET_SIZE + " bytes");
    }
    this.secret = secret;
    this.publicKey =
        secret.use(scalar -> {
          byte[] point = new byte[X25519.POINT_SIZE];
          X25519.scalarMultBase(scalar, 0, point, 0);
          return new X25519PublicKey(Bytes.of(point));
        });
  }

  /** A new pair. */
  public static X25519KeyPair generate(SecureRandom random) {
    byte[] secret = new byte[SECRET_SIZE];
    random.nextBytes(secret);
    return new X25519KeyPair(SecretBytes.moveFrom(secret));
  }

  /** The half to give away. */
  public X25519PublicKey publicKey() {
    return publicKey;
  }

  /** What only this side and the owner of {@code other} know; for the caller to close. */
  SecretBytes agree(X25519PublicKey other) {
    return secret.use(scalar -> {
      byte[] agreed = new byte[X25519.POINT_SIZE];
      if (!X25519.calculateAgreement(scalar, 0, other.value().toArray(), 0, agreed, 0)) {
        throw new IllegalStateException("a checked key is not of low order");
      }
      return SecretBytes.moveFrom(agreed);
    });
  }

  /** Wipes the secret half. */
  @Override
  public void close() {
    secret.close();
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "X25519 key pair of " + publicKey.value().hex();
  }
}
