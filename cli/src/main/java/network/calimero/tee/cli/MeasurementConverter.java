package network.calimero.tee.cli;

import network.calimero.tee.quote.Measurement;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A register's value: 96 hex digits. */
final class MeasurementConverter implements ITypeConverter<Measurement> {
  @Override
  public Measurement convert(String text) {
    try {
      return Measurement.fromHex(text.strip());
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException(
          "'%s' is not a measurement: give 96 hex digits (48 bytes)".formatted(text));
    }
  }
}
