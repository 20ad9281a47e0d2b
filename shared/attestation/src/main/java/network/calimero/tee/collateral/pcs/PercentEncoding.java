package network.calimero.tee.collateral.pcs;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import network.calimero.tee.bytes.Bytes;

/**
 * Percent-encoding (RFC 3986, 2.1). A plus sign stays one: it belongs to base64, and a form decoder
 * would turn it into a space.
 */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The bytes behind a text.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hex digits, or a
   *     character is not ASCII
   */
  static Bytes decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c > 0x7e) {
        throw new IllegalArgumentException("not ASCII");
      }
      if (c != '%') {
        bytes.write(c);
        i++;
      } else if (text.length() - i < 3) {
        throw new IllegalArgumentException("a percent sign at the end");
      } else {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 3;
      }
    }
    return Bytes.of(bytes.toByteArray());
  }
}
