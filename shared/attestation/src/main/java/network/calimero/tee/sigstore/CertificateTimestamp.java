package network.calimero.tee.sigstore;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.ByteReader;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.EndOfBytesException;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;

/**
 * A signed certificate timestamp of version 1 (RFC 6962, 3.2): a log's promise to publish a
 * certificate.
 *
 * @param logId SHA-256 over the log's public key, 32 bytes
 * @param timestamp 8 bytes, as sent
 * @param extensions as sent
 * @param signature DER of an ECDSA signature
 */
record CertificateTimestamp(Bytes logId, Bytes timestamp, Bytes extensions, Bytes signature) {
  private static final int VERSION_1 = 0;
  private static final int LOG_ID_SIZE = 32;
  private static final int TIMESTAMP_SIZE = 8;
  private static final int SHA256 = 4;
  private static final int ECDSA = 3;
  private static final int MAX_TIMESTAMPS = 8;

  /** What is signed begins so: version 1, a certificate's timestamp. */
  private static final byte[] SIGNED_PREFIX = {VERSION_1, 0};

  /** The entry is a precertificate. */
  private static final byte[] PRECERTIFICATE = {0, 1};

  /** Reads the value of the extension: an OCTET STRING with a list, of at least one. */
  static List<CertificateTimestamp> list(Bytes extension) throws MalformedException {
    try {
      ByteReader all = new ByteReader(Der.only(extension, Der.OCTET_STRING).content());
      ByteReader list = sized(all);
      end(all);
      List<CertificateTimestamp> timestamps = new ArrayList<>();
      do {
        if (timestamps.size() == MAX_TIMESTAMPS) {
          throw new MalformedException("more than " + MAX_TIMESTAMPS + " timestamps");
        }
        timestamps.add(read(sized(list)));
      } while (list.remaining() > 0);
      return List.copyOf(timestamps);
    } catch (EndOfBytesException e) {
      throw new MalformedException("timestamps: " + e.getMessage());
    }
  }

  private static CertificateTimestamp read(ByteReader reader)
      throws EndOfBytesException, MalformedException {
    if (reader.u8("version") != VERSION_1) {
      throw new MalformedException("timestamp of another version than 1");
    }
    Bytes logId = reader.take(LOG_ID_SIZE, "log ID");
    Bytes time = reader.take(TIMESTAMP_SIZE, "time");
    ByteReader extensions = sized(reader);
    Bytes extension = extensions.take(extensions.remaining(), "extensions");
    if (reader.u8("hash algorithm") != SHA256 || reader.u8("signature algorithm") != ECDSA) {
      throw new MalformedException("timestamp not signed by ECDSA with SHA-256");
    }
    ByteReader signature = sized(reader);
    Bytes bits = signature.take(signature.remaining(), "signature");
    end(reader);
    return new CertificateTimestamp(logId, time, extension, bits);
  }

  /** What follows a size in two bytes, big-endian. */
  private static ByteReader sized(ByteReader reader) throws EndOfBytesException {
    int size = reader.u8("size") << 8 | reader.u8("size");
    return reader.sub(size, "content");
  }

  private static void end(ByteReader reader) throws MalformedException {
    if (reader.remaining() > 0) {
      throw new MalformedException(reader.remaining() + " bytes after a timestamp's end");
    }
  }

  /**
   * What the log signed.
   *
   * @param issuerKey DER of the key of the certificate's issuer
   * @param precertificate DER of the TBSCertificate
   */
  Bytes signed(Bytes issuerKey, Bytes precertificate) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNED_PREFIX);
    out.writeBytes(timestamp.toArray());
    out.writeBytes(PRECERTIFICATE);
    out.writeBytes(Sha256.of(issuerKey).toArray());
    size(out, 3, precertificate.length());
    out.writeBytes(precertificate.toArray());
    size(out, 2, extensions.length());
    out.writeBytes(extensions.toArray());
    return Bytes.of(out.toByteArray());
  }

  private static void size(ByteArrayOutputStream out, int octets, int size) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      out.write(size >> shift);
    }
  }
}
