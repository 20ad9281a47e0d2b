package network.calimero.tee.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.InvalidPeerPublicKeyException.Reason;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/**
 * ECDSA with SHA-256 over secp256k1 or P-256; signatures are strict DER.
 *
 * <p>Both values of {@code s} pass: libp2p peers differ in which they make, and no uniqueness of
 * signatures is relied upon (a challenge is used up by its ID).
 */
final class EcdsaCheck implements SignatureCheck {

  private static final ECDomainParameters SECP256K1 = curve("secp256k1");
  private static final ECDomainParameters P256 = curve("secp256r1");

  private static final int COMPRESSED_SIZE = 33;
  private static final int UNCOMPRESSED_SIZE = 65;

  /** SubjectPublicKeyInfo up to the point: id-ecPublicKey, prime256v1, BIT STRING of 65 bytes. */
  private static final byte[] P256_HEADER =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private static final int MAX_VALUE = 32;

  /** Two integers of at most 33 bytes, three headers of 2. */
  private static final int MAX_SIGNATURE = 72;

  private final ECPublicKeyParameters key;

  private EcdsaCheck(ECPublicKeyParameters key) {
    this.key = key;
  }

  /** A secp256k1 key: a compressed point, 33 bytes. */
  static EcdsaCheck secp256k1(byte[] data) throws InvalidPeerPublicKeyException {
    if (data.length != COMPRESSED_SIZE || (data[0] != 2 && data[0] != 3)) {
      throw new InvalidPeerPublicKeyException(
          Reason.BAD_KEY, "secp256k1 key is not a compressed point of 33 bytes");
    }
    return new EcdsaCheck(key(SECP256K1, data));
  }

  /** A P-256 key: DER SubjectPublicKeyInfo, named curve, uncompressed point: always 91 bytes. */
  static EcdsaCheck p256(byte[] data) throws InvalidPeerPublicKeyException {
    int header = P256_HEADER.length;
    if (data.length != header + UNCOMPRESSED_SIZE
        || !Arrays.equals(data, 0, header, P256_HEADER, 0, header)
        || data[header] != 4) {
      throw new InvalidPeerPublicKeyException(
          Reason.BAD_KEY,
          "ECDSA key is not a SubjectPublicKeyInfo with an uncompressed P-256 point");
    }
    return new EcdsaCheck(key(P256, Arrays.copyOfRange(data, header, data.length)));
  }

  private static ECPublicKeyParameters key(ECDomainParameters curve, byte[] encoded)
      throws InvalidPeerPublicKeyException {
    try {
      ECPoint point = curve.getCurve().decodePoint(encoded);
      return new ECPublicKeyParameters(point, curve);
    } catch (IllegalArgumentException e) {
      InvalidPeerPublicKeyException failure =
          new InvalidPeerPublicKeyException(Reason.BAD_KEY, "key is not a point of its curve");
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    if (signature.length > MAX_SIGNATURE) {
      return false;
    }
    BigInteger r;
    BigInteger s;
    try {
      Der values = Der.only(Bytes.of(signature), Der.SEQUENCE).reader();
      r = values.unsigned(MAX_VALUE);
      s = values.unsigned(MAX_VALUE);
      values.end();
    } catch (MalformedException _) {
      return false;
    }
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(Sha256.of(message), r, s);
  }

  private static ECDomainParameters curve(String name) {
    X9ECParameters parameters = CustomNamedCurves.getByName(name);
    return new ECDomainParameters(parameters);
  }
}
