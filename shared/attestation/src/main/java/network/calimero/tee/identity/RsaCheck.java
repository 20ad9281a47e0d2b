package network.calimero.tee.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.identity.InvalidPeerPublicKeyException.Reason;

/** RSA, PKCS#1 v1.5 with SHA-256; keys as DER SubjectPublicKeyInfo. */
final class RsaCheck implements SignatureCheck {

  private static final int MIN_BITS = 2048;

  /** What peers accept at most; with the exponent's bound, it bounds the work of one check. */
  private static final int MAX_BITS = 8192;

  private static final int MAX_EXPONENT_BITS = 32;
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);

  /** AlgorithmIdentifier: rsaEncryption, NULL. */
  private static final Bytes ALGORITHM = Bytes.fromHex("300d06092a864886f70d0101010500");

  private final PublicKey key;

  private RsaCheck(PublicKey key) {
    this.key = key;
  }

  /** Takes moduli of 2,048 to 8,192 bits and odd exponents from 3 to 32 bits. */
  static RsaCheck of(byte[] data) throws InvalidPeerPublicKeyException {
    RSAPublicKeySpec spec = parse(data);
    BigInteger modulus = spec.getModulus();
    BigInteger exponent = spec.getPublicExponent();
    int bits = modulus.bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw bad("RSA modulus has " + bits + " bits, not 2048 to 8192");
    }
    if (!modulus.testBit(0)) {
      throw bad("RSA modulus is even");
    }
    if (exponent.compareTo(MIN_EXPONENT) < 0
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw bad("RSA exponent is not odd, at least 3, and at most 32 bits");
    }
    try {
      return new RsaCheck(KeyFactory.getInstance("RSA").generatePublic(spec));
    } catch (GeneralSecurityException e) {
      InvalidPeerPublicKeyException failure = bad("RSA key is not usable");
      failure.initCause(e);
      throw failure;
    }
  }

  private static RSAPublicKeySpec parse(byte[] data) throws InvalidPeerPublicKeyException {
    try {
      Der info = Der.only(Bytes.of(data), Der.SEQUENCE).reader();
      if (!info.next(Der.SEQUENCE).whole().equals(ALGORITHM)) {
        throw new MalformedException("key of another algorithm");
      }
      Der numbers = Der.only(info.bits(), Der.SEQUENCE).reader();
      info.end();
      BigInteger modulus = numbers.unsigned(MAX_BITS / Byte.SIZE);
      BigInteger exponent = numbers.unsigned(MAX_BITS / Byte.SIZE);
      numbers.end();
      return new RSAPublicKeySpec(modulus, exponent);
    } catch (MalformedException e) {
      InvalidPeerPublicKeyException failure =
          bad("RSA key is not a DER SubjectPublicKeyInfo of rsaEncryption");
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (SignatureException _) {
      // How the JDK reports signatures of a wrong length.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA256withRSA", e);
    }
  }

  private static InvalidPeerPublicKeyException bad(String message) {
    return new InvalidPeerPublicKeyException(Reason.BAD_KEY, message);
  }
}
