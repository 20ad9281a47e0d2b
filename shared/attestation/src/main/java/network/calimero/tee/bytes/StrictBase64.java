package network.calimero.tee.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Base64 (RFC 4648 section 4) that has one spelling per byte string: standard alphabet, padding
 * where it is due, unused bits zero, no white space. The JDK's own decoder lets a text without its
 * padding, or with stray bits at its end, stand for the same bytes.
 */
public final class StrictBase64 {
  private static final int GROUP_CHARACTERS = 4;
  private static final int GROUP_BYTES = 3;

  private StrictBase64() {}

  /**
   * The bytes that {@code text} spells.
   *
   * @param maxBytes the most it may decode to; the text is measured before anything is allocated
   * @throws IllegalArgumentException if it spells more, or is not canonical base64; the message
   *     says what is wrong and never repeats the text
   */
  public static byte[] decode(String text, int maxBytes) {
    if (text.length() % GROUP_CHARACTERS != 0) {
      throw new IllegalArgumentException(
          "base64 needs a multiple of 4 characters, padding included; got " + text.length());
    }
    long decoded = (long) text.length() / GROUP_CHARACTERS * GROUP_BYTES - padding(text);
    if (decoded > maxBytes) {
      throw new IllegalArgumentException(
          "base64 of %d bytes; at most %d are allowed".formatted(decoded, maxBytes));
    }
    byte[] bytes = decodeAlphabet(text);
    requireZeroTrailingBits(text);
    return bytes;
  }

  /** Base64 with padding, on one line. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decodeAlphabet(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean padding = c == '=' && i >= text.length() - padding(text);
      if (!padding && sextet(c) < 0) {
        throw new IllegalArgumentException("character " + i + " does not belong to base64 there");
      }
    }
    return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void requireZeroTrailingBits(String text) {
    int padding = padding(text);
    if (padding == 0) {
      return;
    }
    int unusedBits = padding == 1 ? 0b11 : 0b1111;
    if ((sextet(text.charAt(text.length() - padding - 1)) & unusedBits) != 0) {
      throw new IllegalArgumentException("base64 has stray bits before its padding");
    }
  }

  private static int padding(String text) {
    if (text.endsWith("==")) {
      return 2;
    }
    return text.endsWith("=") ? 1 : 0;
  }

  /** The value of one character of the alphabet, or -1. */
  private static int sextet(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+' -> 62;
      case '/' -> 63;
      default -> -1;
    };
  }
}
