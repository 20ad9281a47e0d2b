package network.calimero.tee.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import network.calimero.tee.bytes.Sha256;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** Keys and signatures made by other code than the one under test, where there is other code. */
final class TestKeys {

  static final ECDomainParameters SECP256K1 = secp256k1();

  private TestKeys() {}

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static KeyPair p256() throws GeneralSecurityException {
    return ec("secp256r1");
  }

  static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static byte[] sign(String algorithm, PrivateKey key, byte[] message)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  static byte[] secp256k1Public(BigInteger secret) {
    return SECP256K1.getG().multiply(secret).normalize().getEncoded(true);
  }

  /** {r, s}. */
  static BigInteger[] signSecp256k1(BigInteger secret, byte[] message) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(true, new ECPrivateKeyParameters(secret, SECP256K1));
    return signer.generateSignature(Sha256.of(message));
  }

  /** The protobuf of a public key, for a type and data of any kind, right or wrong. */
  static byte[] protobuf(int type, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x08);
    out.write(type);
    out.write(0x12);
    int length = data.length;
    while (length >= 0x80) {
      out.write((length & 0x7f) | 0x80);
      length >>= 7;
    }
    out.write(length);
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** A DER element with a minimal length. */
  static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  static byte[] derSignature(BigInteger r, BigInteger s) {
    return der(0x30, der(0x02, r.toByteArray()), der(0x02, s.toByteArray()));
  }

  private static ECDomainParameters secp256k1() {
    X9ECParameters curve = SECNamedCurves.getByName("secp256k1");
    return new ECDomainParameters(curve);
  }
}
