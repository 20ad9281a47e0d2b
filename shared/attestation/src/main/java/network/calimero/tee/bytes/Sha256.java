package network.calimero.tee.bytes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), 32 bytes. */
public final class Sha256 {
  private Sha256() {}

  /** A digest to be fed piece by piece. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of a whole message. */
  public static byte[] of(byte[] message) {
    return newDigest().digest(message);
  }

  /** The digest of a whole message, without copying it. */
  public static Bytes of(Bytes message) {
    MessageDigest digest = newDigest();
    message.updateInto(digest);
    return Bytes.of(digest.digest());
  }

  /** The digest of a text in UTF-8. */
  public static Bytes of(String text) {
    return Bytes.of(of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
