package network.calimero.tee.bytes;

import java.util.HexFormat;

/** Hexadecimal text, read strictly: digits of either case in pairs, nothing around them. */
public final class Hex {
  private static final HexFormat LOWER = HexFormat.of();

  private Hex() {}

  /**
   * The bytes that {@code text} spells.
   *
   * @throws IllegalArgumentException if its length is odd or a character is not a hex digit
   */
  public static byte[] decode(String text) {
    if (text.length() % 2 != 0) {
      throw new IllegalArgumentException(
          "hex needs an even number of digits, got " + text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        throw new IllegalArgumentException("character " + i + " is not a hex digit");
      }
    }
    return LOWER.parseHex(text);
  }

  /**
   * The bytes that {@code text} spells, which must be exactly {@code length} of them.
   *
   * @throws IllegalArgumentException if they are not, or the text is not hex
   */
  public static byte[] decode(String text, int length) {
    if (text.length() != 2 * length) {
      throw new IllegalArgumentException(
          "expected %d hex digits (%d bytes), got %d characters"
              .formatted(2 * length, length, text.length()));
    }
    return decode(text);
  }

  /** Whether {@code text} is hex, and at least one byte of it. */
  public static boolean isHex(String text) {
    return !text.isEmpty()
        && text.length() % 2 == 0
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Lower-case hex of {@code bytes}. */
  public static String encode(byte[] bytes) {
    return encode(bytes, 0, bytes.length);
  }

  static String encode(byte[] bytes, int start, int length) {
    return LOWER.formatHex(bytes, start, start + length);
  }
}
