package network.calimero.tee.node;

import network.calimero.tee.bytes.Bytes;

/** Report data in this protocol is a nonce and what it is bound to, 32 bytes each. */
final class ReportDataParts {
  static final int HALF = 32;

  private ReportDataParts() {}

  /** The first half. */
  static Bytes nonce(Bytes reportData) {
    return reportData.slice(0, HALF);
  }

  static Bytes join(Bytes nonce, Bytes binding) {
    if (nonce.length() != HALF || binding.length() != HALF) {
      throw new IllegalArgumentException(
          "nonce and binding have 32 bytes, not %d and %d"
              .formatted(nonce.length(), binding.length()));
    }
    byte[] joined = new byte[2 * HALF];
    System.arraycopy(nonce.toArray(), 0, joined, 0, HALF);
    System.arraycopy(binding.toArray(), 0, joined, HALF, HALF);
    return Bytes.of(joined);
  }
}
