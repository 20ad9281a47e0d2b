package network.calimero.tee.kms.cluster;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.X25519PublicKey;

/** Base64 of what replicas send each other; sizes are bounded before anything is decoded. */
final class JoinTexts {
  private JoinTexts() {}

  static Bytes exactly(int size, String field, String base64) throws JoinException {
    Bytes bytes = atMost(size, field, base64);
    if (bytes.length() != size) {
      throw new JoinException(
          JoinFault.MALFORMED, "%s: %d bytes, expected %d".formatted(field, bytes.length(), size));
    }
    return bytes;
  }

  static X25519PublicKey publicKey(String field, String base64) throws JoinException {
    Bytes bytes = exactly(X25519PublicKey.SIZE, field, base64);
    try {
      return new X25519PublicKey(bytes);
    } catch (IllegalArgumentException e) {
      throw new JoinException(JoinFault.MALFORMED, field + ": " + e.getMessage(), e);
    }
  }

  static Bytes quote(String base64) throws JoinException {
    return atMost(Quote.MAX_SIZE, "quoteB64", base64);
  }

  private static Bytes atMost(int size, String field, String base64) throws JoinException {
    try {
      return Bytes.of(StrictBase64.decode(base64, size));
    } catch (IllegalArgumentException e) {
      throw new JoinException(JoinFault.MALFORMED, field + ": " + e.getMessage(), e);
    }
  }

  static String encode(Bytes bytes) {
    return StrictBase64.encode(bytes.toArray());
  }
}
