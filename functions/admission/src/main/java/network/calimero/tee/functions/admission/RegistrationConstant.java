package network.calimero.tee.functions.admission;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;

/**
 * The constant R of merod that ends the report data of registrations and that public {@code attest}
 * never produces (fleet.md). It is in no source, so there is no default and none is ever guessed.
 *
 * @param value 32 bytes
 */
public record RegistrationConstant(Bytes value) {
  private static final int SIZE = 32;

  /** In words that complete "accepted: …". */
  public static final String ACCEPTED =
      "64 hex digits, bytes 32 to 63 of the report data in a trusted node's registration-attest"
          + " answer";

  /** Takes what can be such a constant. */
  public RegistrationConstant {
    if (value.length() != SIZE) {
      throw new IllegalArgumentException("has not " + SIZE + " bytes");
    }
    // Public attest ends in zeros: with them as R, anybody could relay a quote of a genuine node.
    if (value.equals(Bytes.of(new byte[SIZE]))) {
      throw new IllegalArgumentException("is all zeros, as public attest answers");
    }
  }

  /**
   * The constant that a text spells.
   *
   * @throws IllegalArgumentException with the problem, in words that complete "NAME …"
   */
  public static RegistrationConstant parse(String text) {
    byte[] bytes;
    try {
      bytes = Hex.decode(text, SIZE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not " + 2 * SIZE + " hex digits", e);
    }
    return new RegistrationConstant(Bytes.of(bytes));
  }
}
