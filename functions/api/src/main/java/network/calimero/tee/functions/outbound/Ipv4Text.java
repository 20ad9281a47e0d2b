package network.calimero.tee.functions.outbound;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/** IPv4 as four decimal numbers, each without leading zeros: no octal, no hex, no short forms. */
final class Ipv4Text {
  private static final int PARTS = 4;
  private static final int MAX_DIGITS = 3;

  private Ipv4Text() {}

  static Optional<Bytes> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[PARTS];
    for (int i = 0; i < PARTS; i++) {
      int value = number(parts[i]);
      if (value < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) value;
    }
    return Optional.of(Bytes.of(bytes));
  }

  private static int number(String part) {
    boolean plain =
        !part.isEmpty()
            && part.length() <= MAX_DIGITS
            && part.chars().allMatch(c -> c >= '0' && c <= '9')
            && (part.length() == 1 || part.charAt(0) != '0');
    int value = plain ? Integer.parseInt(part) : -1;
    return value <= 255 ? value : -1;
  }
}
