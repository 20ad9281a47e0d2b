package network.calimero.tee.functions.outbound;

import java.util.Optional;

/**
 * Addresses that begin with the same bits.
 *
 * @param start with zeros after those bits
 * @param bits 0 to 32 or 128
 */
public record IpRange(IpAddress start, int bits) {

  /** One address. */
  public static IpRange only(IpAddress address) {
    return new IpRange(address, 8 * address.bytes().length());
  }

  /** Reads {@code 10.0.0.0/8}; empty if it is none, or if there are bits after those that count. */
  public static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    if (slash < 0 || !length.matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    return IpAddress.parse(text.substring(0, slash))
        .filter(start -> bits <= 8 * start.bytes().length())
        .map(start -> new IpRange(start, bits))
        .filter(IpRange::hasNothingAfterItsBits);
  }

  static IpRange of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no range"));
  }

  private boolean hasNothingAfterItsBits() {
    for (int bit = bits; bit < 8 * start.bytes().length(); bit++) {
      if (bit(start, bit) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether an address, of the same version, is one of them. */
  public boolean contains(IpAddress address) {
    if (address.isV4() != start.isV4()) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (bit(address, bit) != bit(start, bit)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of these are among those. */
  boolean isWithin(IpRange other) {
    return bits >= other.bits && other.contains(start);
  }

  private static int bit(IpAddress address, int bit) {
    return address.bytes().byteAt(bit / 8) >> (7 - bit % 8) & 1;
  }

  @Override
  public String toString() {
    return start + "/" + bits;
  }
}
