package network.calimero.tee.sigstore;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * A public key for ECDSA, proven to be a point of its curve: P-256 with SHA-256, or P-384 with
 * SHA-384. Sigstore's infrastructure uses no others for what is verified here.
 */
final class EcKey {
  private static final String EC_PUBLIC_KEY = "2a8648ce3d0201";
  private static final int UNCOMPRESSED = 4;

  private static final List<Curve> CURVES =
      List.of(
          Curve.named("secp256r1", 32, "2a8648ce3d030107", "SHA-256", "2a8648ce3d040302"),
          Curve.named("secp384r1", 48, "2b81040022", "SHA-384", "2a8648ce3d040303"));

  /**
   * A curve with the one hash that goes with it here.
   *
   * @param coordinate size in bytes
   * @param oid content octets in hex
   * @param algorithm OID of the two as a signature algorithm, content octets in hex
   */
  private record Curve(
      ECDomainParameters domain, int coordinate, String oid, String hash, String algorithm) {

    private static Curve named(
        String name, int coordinate, String oid, String hash, String algorithm) {
      ECDomainParameters domain = new ECDomainParameters(CustomNamedCurves.getByName(name));
      return new Curve(domain, coordinate, oid, hash, algorithm);
    }

    private static Curve of(String oid) throws MalformedException {
      for (Curve curve : CURVES) {
        if (curve.oid.equals(oid)) {
          return curve;
        }
      }
      throw new MalformedException("public key of another curve than P-256 and P-384");
    }

    private byte[] digest(Bytes message) {
      try {
        MessageDigest digest = MessageDigest.getInstance(hash);
        message.updateInto(digest);
        return digest.digest();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java platform has no " + hash, e);
      }
    }
  }

  private final Curve curve;
  private final ECPublicKeyParameters parameters;

  private EcKey(Curve curve, ECPublicKeyParameters parameters) {
    this.curve = curve;
    this.parameters = parameters;
  }

  /** Reads a SubjectPublicKeyInfo (RFC 5480, 2). */
  static EcKey parse(Bytes keyInfo) throws MalformedException {
    Der info = Der.only(keyInfo, Der.SEQUENCE).reader();
    Der algorithm = info.next(Der.SEQUENCE).reader();
    if (!algorithm.oid().equals(EC_PUBLIC_KEY)) {
      throw new MalformedException("public key is not for ECDSA");
    }
    Curve curve = Curve.of(algorithm.oid());
    algorithm.end();
    Bytes point = info.bits();
    info.end();
    if (point.length() != 1 + 2 * curve.coordinate || point.byteAt(0) != UNCOMPRESSED) {
      throw new MalformedException("public key is not an uncompressed point");
    }
    try {
      // Decoding and ECPublicKeyParameters check that the point lies on the curve.
      return new EcKey(
          curve,
          new ECPublicKeyParameters(
              curve.domain.getCurve().decodePoint(point.toArray()), curve.domain));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("public key is not a point of the curve");
    }
  }

  /**
   * Whether that DER of r and s signs the message. Both must lie in 1 … n−1; a high s is accepted,
   * as everywhere in Sigstore.
   */
  boolean verifies(Bytes message, Bytes signature) {
    return verifiesHash(curve.digest(message), signature);
  }

  /** The same of a message of which only the digest is at hand; false of a key for SHA-384. */
  boolean verifies(ArtifactDigest message, Bytes signature) {
    return curve.hash.equals("SHA-256") && verifiesHash(message.sha256().toArray(), signature);
  }

  private boolean verifiesHash(byte[] hash, Bytes signature) {
    try {
      Der pair = Der.only(signature, Der.SEQUENCE).reader();
      BigInteger r = pair.unsigned(curve.coordinate);
      BigInteger s = pair.unsigned(curve.coordinate);
      pair.end();
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, parameters);
      return signer.verifySignature(hash, r, s);
    } catch (MalformedException e) {
      return false;
    }
  }

  /** The same where the signature's AlgorithmIdentifier has to be the one of this curve too. */
  boolean verifies(Bytes message, Bytes algorithm, Bytes signature) {
    try {
      Der identifier = Der.only(algorithm, Der.SEQUENCE).reader();
      boolean own = identifier.oid().equals(curve.algorithm);
      identifier.end();
      return own && verifies(message, signature);
    } catch (MalformedException e) {
      return false;
    }
  }
}
