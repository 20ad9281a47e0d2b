package network.calimero.tee.simulator.codec;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A P-256 key pair that signs with ECDSA and SHA-256. Signatures are deterministic (RFC 6979), so
 * that a seeded simulation gives the same bytes every time.
 */
public final class SimulatedKey {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final int SCALAR_SIZE = 32;

  private final BigInteger scalar;
  private final byte[] point;

  private SimulatedKey(BigInteger scalar) {
    this.scalar = scalar;
    this.point =
        new FixedPointCombMultiplier()
            .multiply(DOMAIN.getG(), scalar)
            .normalize()
            .getEncoded(false);
  }

  /** The key of a number, which is reduced into the valid range. */
  public static SimulatedKey ofScalar(BigInteger number) {
    BigInteger range = DOMAIN.getN().subtract(BigInteger.ONE);
    return new SimulatedKey(number.mod(range).add(BigInteger.ONE));
  }

  /** The public key as quotes carry it: x‖y, 64 bytes. */
  public byte[] publicKey() {
    return Arrays.copyOfRange(point, 1, point.length);
  }

  /** The public key as certificates carry it: 04‖x‖y, 65 bytes. */
  public byte[] publicPoint() {
    return point.clone();
  }

  /** The key identifier that certificates and CRLs name: SHA-1 of the public point, 20 bytes. */
  public byte[] keyId() {
    return Hash.sha1(point);
  }

  /** ECDSA over SHA-256 of the message: r‖s, 64 bytes. */
  public byte[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar, DOMAIN));
    BigInteger[] rs = signer.generateSignature(Hash.sha256(message));
    return raw(rs[0], rs[1]);
  }

  /**
   * The other valid form of a signature: s replaced by n−s. Whatever accepts one must say what it
   * does with the other.
   */
  public static byte[] mirrored(byte[] signature) {
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, SCALAR_SIZE));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, SCALAR_SIZE, 2 * SCALAR_SIZE));
    return raw(r, DOMAIN.getN().subtract(s));
  }

  /** The mirrored form if that has the higher s, else the signature itself. */
  public static byte[] highS(byte[] signature) {
    byte[] other = mirrored(signature);
    return Arrays.compareUnsigned(signature, SCALAR_SIZE, 64, other, SCALAR_SIZE, 64) < 0
        ? other
        : signature.clone();
  }

  private static byte[] raw(BigInteger r, BigInteger s) {
    return Bytes.concat(fixed(r), fixed(s));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] out = new byte[SCALAR_SIZE];
    int length = Math.min(bytes.length, SCALAR_SIZE);
    System.arraycopy(bytes, bytes.length - length, out, SCALAR_SIZE - length, length);
    return out;
  }
}
