package network.calimero.tee.dcap;

import java.math.BigInteger;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** ECDSA with P-256 and SHA-256, the only signature of DCAP. */
final class P256 {
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
  private static final int COORDINATE = 32;

  private P256() {}

  /** A public key, proven to be a point of the curve. */
  static final class PublicKey {
    private final ECPublicKeyParameters parameters;
    private final Bytes point;

    private PublicKey(ECPublicKeyParameters parameters, Bytes point) {
      this.parameters = parameters;
      this.point = point;
    }

    /** The coordinates x‖y, 64 bytes. */
    Bytes point() {
      return point;
    }

    /**
     * Whether r‖s (64 bytes) signs the message. Both halves must lie in 1 … n−1; a high s is
     * accepted, as Intel's library does.
     */
    boolean verifies(Bytes message, Bytes signature) {
      return signature.length() == 2 * COORDINATE
          && verifies(message, unsigned(signature, 0), unsigned(signature, COORDINATE));
    }

    boolean verifies(Bytes message, BigInteger r, BigInteger s) {
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, parameters);
      return signer.verifySignature(Sha256.of(message).toArray(), r, s);
    }
  }

  /**
   * The key with those coordinates x‖y.
   *
   * @throws IllegalArgumentException if they are not 64 bytes or not a point of the curve
   */
  static PublicKey key(Bytes point) {
    if (point.length() != 2 * COORDINATE) {
      throw new IllegalArgumentException("a P-256 public key has 64 bytes, not " + point.length());
    }
    // ECPublicKeyParameters checks that the point lies on the curve and is not infinity.
    ECPoint decoded =
        DOMAIN.getCurve().createPoint(unsigned(point, 0), unsigned(point, COORDINATE));
    return new PublicKey(new ECPublicKeyParameters(decoded, DOMAIN), point);
  }

  private static BigInteger unsigned(Bytes bytes, int from) {
    return new BigInteger(1, bytes.slice(from, from + COORDINATE).toArray());
  }
}
