package network.calimero.tee.identity;

import java.util.Arrays;
import java.util.Optional;

/**
 * Base58 with the Bitcoin alphabet ("base58btc"), without a checksum.
 *
 * <p>The work grows with the square of the length, so callers bound the length first.
 */
final class Base58 {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int BASE = 58;
  private static final byte[] DIGITS = digits();

  private Base58() {}

  /** The text form: each leading zero byte is one leading {@code 1}. */
  static String encode(byte[] bytes) {
    int zeros = leading(bytes, (byte) 0);
    // log(256) / log(58) is a little under 1.37.
    byte[] digits = new byte[(bytes.length - zeros) * 137 / 100 + 1];
    for (int i = zeros; i < bytes.length; i++) {
      multiplyAdd(digits, 256, bytes[i] & 0xff, BASE);
    }
    StringBuilder text = new StringBuilder(zeros + digits.length);
    text.repeat(ALPHABET.charAt(0), zeros);
    for (int i = leading(digits, (byte) 0); i < digits.length; i++) {
      text.append(ALPHABET.charAt(digits[i]));
    }
    return text.toString();
  }

  /** The bytes of a text, empty if any character is outside the alphabet. */
  static Optional<byte[]> decode(String text) {
    byte[] values = new byte[text.length()];
    for (int i = 0; i < values.length; i++) {
      char c = text.charAt(i);
      if (c >= DIGITS.length || DIGITS[c] < 0) {
        return Optional.empty();
      }
      values[i] = DIGITS[c];
    }
    int zeros = leading(values, (byte) 0);
    // log(58) / log(256) is a little under 0.733.
    byte[] bytes = new byte[(values.length - zeros) * 733 / 1000 + 1];
    for (int i = zeros; i < values.length; i++) {
      multiplyAdd(bytes, BASE, values[i], 256);
    }
    int start = leading(bytes, (byte) 0);
    byte[] result = new byte[zeros + bytes.length - start];
    System.arraycopy(bytes, start, result, zeros, bytes.length - start);
    return Optional.of(result);
  }

  /** {@code number = number * factor + addend}, for big-endian digits of the given base. */
  private static void multiplyAdd(byte[] number, int factor, int addend, int base) {
    int carry = addend;
    for (int i = number.length - 1; i >= 0; i--) {
      carry += (number[i] & 0xff) * factor;
      number[i] = (byte) (carry % base);
      carry /= base;
    }
  }

  private static int leading(byte[] bytes, byte value) {
    int count = 0;
    while (count < bytes.length && bytes[count] == value) {
      count++;
    }
    return count;
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }
}
