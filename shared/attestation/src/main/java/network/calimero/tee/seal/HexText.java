package network.calimero.tee.seal;

import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.secret.SecretBytes;

/** Lower-case hex of secrets, never held in a String, which could not be wiped. */
final class HexText {
  /** What nodes accept (kms-protocol.md, POST /get-key), in bytes. */
  private static final int MIN_KEY_SIZE = 32;

  private static final int MAX_KEY_SIZE = 2_048;
  private static final HexFormat HEX = HexFormat.of();

  private HexText() {}

  static SecretBytes encode(SecretBytes secret) {
    return secret.use(bytes -> {
      byte[] text = new byte[2 * bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        text[2 * i] = (byte) HEX.toHighHexDigit(bytes[i]);
        text[2 * i + 1] = (byte) HEX.toLowHexDigit(bytes[i]);
      }
      return SecretBytes.moveFrom(text);
    });
  }

  static SecretBytes decode(SecretBytes text) throws UnsealException {
    return text.<SecretBytes, UnsealException>use(HexText::decode);
  }

  private static SecretBytes decode(byte[] text) throws UnsealException {
    int size = text.length / 2;
    if (text.length % 2 != 0 || size < MIN_KEY_SIZE || size > MAX_KEY_SIZE) {
      throw new UnsealException(
          UnsealException.Kind.NO_KEY,
          "what it holds is not the hex text of a key of %d to %d bytes"
              .formatted(MIN_KEY_SIZE, MAX_KEY_SIZE));
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
