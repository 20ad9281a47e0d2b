package network.calimero.tee.sigstore;

import java.io.ByteArrayOutputStream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.x509.RawCertificate;

/**
 * What a certificate log has of a certificate with embedded timestamps: what is signed of it, but
 * without the extension that holds them (RFC 6962, 3.2).
 */
final class Precertificate {
  private Precertificate() {}

  /** The TBSCertificate of the precertificate, DER. */
  static Bytes of(RawCertificate certificate) throws MalformedException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    Der tbs = Der.only(certificate.signed(), Der.SEQUENCE).reader();
    while (!tbs.nextIs(RawCertificate.EXTENSIONS)) {
      fields.writeBytes(tbs.next().whole().toArray());
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Der list = tbs.next().reader().next(Der.SEQUENCE).reader();
    while (list.hasNext()) {
      Der.Element extension = list.next();
      if (!extension.reader().oid().equals(FulcioExtensions.TIMESTAMPS)) {
        kept.writeBytes(extension.whole().toArray());
      }
    }
    byte[] extensions = element(Der.SEQUENCE, kept.toByteArray());
    fields.writeBytes(element(RawCertificate.EXTENSIONS, extensions));
    return Bytes.of(element(Der.SEQUENCE, fields.toByteArray()));
  }

  /** An element of DER: a certificate's size bounds it to lengths of up to two octets. */
  static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = content.length;
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
