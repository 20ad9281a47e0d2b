package network.calimero.tee.simulator.sigstore;

import java.nio.ByteBuffer;
import java.time.Instant;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Der;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** A certificate transparency log that promises to have seen precertificates (RFC 6962, 3.2). */
final class CertificateLog {
  private static final byte VERSION_1 = 0;
  private static final byte CERTIFICATE_TIMESTAMP = 0;
  private static final short PRECERTIFICATE = 1;
  private static final byte SHA256 = 4;
  private static final byte ECDSA = 3;

  private final SimulatedKey key;

  CertificateLog(SimulatedKey key) {
    this.key = key;
  }

  SimulatedKey key() {
    return key;
  }

  /** SHA-256 of the public key, 32 bytes. */
  static byte[] id(SimulatedKey key) {
    return Hash.sha256(Der.encode(Der.publicKey(key)));
  }

  /**
   * One signed certificate timestamp.
   *
   * @param content the certificate's content without this extension
   * @param issuer the key that will sign the certificate
   */
  byte[] timestamp(TBSCertificate content, SimulatedKey issuer, Instant at) {
    byte[] precertificate = Der.encode(content);
    ByteBuffer signed = ByteBuffer.allocate(12 + 32 + 3 + precertificate.length + 2);
    signed.put(VERSION_1).put(CERTIFICATE_TIMESTAMP).putLong(at.toEpochMilli());
    signed.putShort(PRECERTIFICATE).put(id(issuer));
    signed.put((byte) (precertificate.length >> 16)).putShort((short) precertificate.length);
    signed.put(precertificate).putShort((short) 0);
    byte[] signature = Der.ecdsaValue(key.sign(signed.array()));
    ByteBuffer out = ByteBuffer.allocate(1 + 32 + 8 + 2 + 2 + 2 + signature.length);
    out.put(VERSION_1).put(id(key)).putLong(at.toEpochMilli()).putShort((short) 0);
    out.put(SHA256).put(ECDSA).putShort((short) signature.length).put(signature);
    return out.array();
  }

  /** The extension that carries one timestamp. */
  static Extension extension(byte[] timestamp) {
    byte[] list = Bytes.concat(size(timestamp.length + 2), size(timestamp.length), timestamp);
    ASN1ObjectIdentifier id = new ASN1ObjectIdentifier(CertificateDraft.SCT_OID);
    return Der.extension(id, false, new DEROctetString(list));
  }

  private static byte[] size(int length) {
    return ByteBuffer.allocate(2).putShort((short) length).array();
  }
}
