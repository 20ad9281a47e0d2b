package network.calimero.tee.cli;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time: unix seconds, or ISO 8601 with its offset. */
final class TimeConverter implements ITypeConverter<Instant> {
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public Instant convert(String text) {
    try {
      Instant time =
          text.matches("\\d{1,12}")
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(END)) {
        return time;
      }
    } catch (DateTimeException _) {
      // Said below, as for times that no certificate can hold.
    }
    throw new TypeConversionException(
        "'%s' is not a time: give unix seconds (1764000000) or ISO 8601 (2025-11-24T16:00:00Z)"
            .formatted(text));
  }
}
