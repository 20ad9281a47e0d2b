package network.calimero.tee.seal;

import network.calimero.tee.bytes.Bytes;

/**
 * A secret that only its receiver can open.
 *
 * @param ciphertext AES-256-GCM, the 16-byte tag appended
 * @param nonce of AES-GCM, 12 bytes
 */
public record Sealed(Bytes ciphertext, Bytes nonce) {
  /** Size of the nonce, in bytes. */
  public static final int NONCE_SIZE = 12;

  /** Size of the tag, in bytes. */
  public static final int TAG_SIZE = 16;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the nonce has another size or there is less than a tag
   */
  public Sealed {
    if (nonce.length() != NONCE_SIZE) {
      throw new IllegalArgumentException(
          "a nonce of %d bytes, expected %d".formatted(nonce.length(), NONCE_SIZE));
    }
    if (ciphertext.length() < TAG_SIZE) {
      throw new IllegalArgumentException(
          "%d sealed bytes, fewer than the tag alone has".formatted(ciphertext.length()));
    }
  }
}
