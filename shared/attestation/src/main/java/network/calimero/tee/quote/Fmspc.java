package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * Family, model, stepping, platform type and custom SKU of a platform: the 6 bytes by which its TCB
 * info is found. Seen in hex of either case; equal whatever the case.
 *
 * @param value exactly 6 bytes
 */
public record Fmspc(Bytes value) {
  /** Its size in bytes. */
  public static final int SIZE = 6;

  /** Checks the size. */
  public Fmspc {
    Sizes.require("an FMSPC", SIZE, value.length());
  }

  /**
   * An FMSPC of these 6 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static Fmspc of(byte[] bytes) {
    return new Fmspc(Bytes.of(bytes));
  }

  /**
   * The FMSPC that 12 hex digits of either case spell.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Fmspc fromHex(String hex) {
    return new Fmspc(Bytes.fromHex(hex));
  }

  /** 12 digits of lower-case hex. */
  public String hex() {
    return value.hex();
  }

  /** {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }
}
