package network.calimero.tee.cli;

import network.calimero.tee.bytes.Bytes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A SHA-256: 64 hex digits. */
final class HashConverter implements ITypeConverter<Bytes> {
  private static final int SIZE = 32;

  @Override
  public Bytes convert(String text) {
    try {
      Bytes hash = Bytes.fromHex(text.strip());
      if (hash.length() == SIZE) {
        return hash;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for a wrong length.
    }
    throw new TypeConversionException(
        "'%s' is not a hash: give 64 hex digits (32 bytes)".formatted(text));
  }
}
