package network.calimero.tee.kms.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import network.calimero.tee.bytes.Bytes;

/** SHA-256, which every Java platform has. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Bytes of(String text) {
    return Bytes.of(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
