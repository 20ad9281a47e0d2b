package network.calimero.tee.kms.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import network.calimero.tee.bytes.Hex;

/** Digests of settings, so that people and machines can compare them at a glance. */
final class Digests {
  private Digests() {}

  /** SHA-256 of the lines, each ended by a line feed, which none may contain; lower-case hex. */
  static String ofLines(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a line with a line feed");
      }
      text.append(line).append('\n');
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Hex.encode(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
