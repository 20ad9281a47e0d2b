package network.calimero.tee.cli;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A nonce of 32 bytes: base64 as in the API, or hex. */
final class NonceConverter implements ITypeConverter<Bytes> {
  private static final int SIZE = 32;

  @Override
  public Bytes convert(String text) {
    try {
      Bytes nonce =
          text.length() == 2 * SIZE
              ? Bytes.fromHex(text)
              : Bytes.of(StrictBase64.decode(text, SIZE));
      if (nonce.length() == SIZE) {
        return nonce;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for a wrong length.
    }
    throw new TypeConversionException(
        "'%s' is not a nonce: give 32 bytes in base64 or hex".formatted(text));
  }
}
