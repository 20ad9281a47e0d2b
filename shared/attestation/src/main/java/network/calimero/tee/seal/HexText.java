package network.calimero.tee.seal;

import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.secret.SecretBytes;

/** Keys from their hex text, which is never held in a String, for that could not be wiped. */
final class HexText {
  private HexText() {}

  static SecretBytes decode(SecretBytes text) throws UnsealException {
    return text.<SecretBytes, UnsealException>use(HexText::decode);
  }

  private static SecretBytes decode(byte[] text) throws UnsealException {
    int size = text.length / 2;
    if (text.length % 2 != 0
        || size < SealedRelease.MIN_KEY_SIZE
        || size > SealedRelease.MAX_KEY_SIZE) {
      throw new UnsealException(
          UnsealException.Kind.NO_KEY,
          "what it holds is not the hex text of a key of %d to %d bytes"
              .formatted(SealedRelease.MIN_KEY_SIZE, SealedRelease.MAX_KEY_SIZE));
    }
    byte[] key = new byte[size];
    for (int i = 0; i < text.length; i++) {
      if (!HexFormat.isHexDigit(text[i])) {
        Arrays.fill(key, (byte) 0);
        throw new UnsealException(UnsealException.Kind.NO_KEY, "what it holds is not hex");
      }
      key[i / 2] = (byte) ((key[i / 2] << 4) | HexFormat.fromHexDigit(text[i]));
    }
    return SecretBytes.moveFrom(key);
  }
}
