package network.calimero.tee.release.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Ways to change bytes. */
final class Change {
  private Change() {}

  static byte[] longer(byte[] content) {
    return Arrays.copyOf(content, content.length + 1);
  }

  static byte[] half(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }

  static byte[] lastBitFlipped(byte[] content) {
    byte[] changed = content.clone();
    changed[changed.length - 1] ^= 1;
    return changed;
  }

  /** A JSON object whose first key comes once more. */
  static byte[] twice(byte[] json) {
    String text = new String(json, UTF_8);
    String key = text.substring(text.indexOf('"') + 1, text.indexOf('"', text.indexOf('"') + 1));
    int end = text.lastIndexOf('}');
    return (text.substring(0, end) + ",\"" + key + "\":0}").getBytes(UTF_8);
  }

  /** A log entry about something else. */
  static String otherDigest(String entry) {
    return entry.replaceFirst("\"value\":\"[0-9a-f]{64}\"", "\"value\":\"" + "0".repeat(64) + "\"");
  }
}
