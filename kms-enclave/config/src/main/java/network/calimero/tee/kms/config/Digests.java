package network.calimero.tee.kms.config;

import network.calimero.tee.bytes.Sha256;

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
    return Sha256.of(text.toString()).hex();
  }
}
