package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * A TDX measurement or measurement register: the 48 bytes of a SHA-384 digest.
 *
 * @param value exactly 48 bytes
 */
public record Measurement(Bytes value) {
  /** Its size in bytes. */
  public static final int SIZE = 48;

  /** All zero: a register that nothing was measured into, or a field that is not used. */
  public static final Measurement ZERO = of(new byte[SIZE]);

  /** Checks the size. */
  public Measurement {
    Sizes.require("a measurement", SIZE, value.length());
  }

  /**
   * A measurement of these 48 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static Measurement of(byte[] bytes) {
    return new Measurement(Bytes.of(bytes));
  }

  /**
   * The measurement that 96 hex digits of either case spell.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Measurement fromHex(String hex) {
    return new Measurement(Bytes.fromHex(hex));
  }

  /** Whether all bytes are zero. */
  public boolean isZero() {
    return value.isZero();
  }

  /** 96 digits of lower-case hex. */
  public String hex() {
    return value.hex();
  }

  /** {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }
}
