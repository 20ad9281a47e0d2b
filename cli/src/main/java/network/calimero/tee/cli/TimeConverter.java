package network.calimero.tee.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time: unix seconds, ISO 8601 with its offset, or a date for its midnight in UTC. */
final class TimeConverter implements ITypeConverter<Instant> {
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public Instant convert(String text) {
    try {
      Instant time =
          switch (text) {
            case String s when s.matches("\\d{1,12}") -> Instant.ofEpochSecond(Long.parseLong(s));
            case String s when s.matches("\\d{4}-\\d{2}-\\d{2}") ->
                LocalDate.parse(s).atStartOfDay(ZoneOffset.UTC).toInstant();
            default -> Instant.parse(text);
          };
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(END)) {
        return time;
      }
    } catch (DateTimeException _) {
      // Said below, as for times that no certificate can hold.
    }
    throw new TypeConversionException(
        "'%s' is not a time from 1970 to 9999: give unix seconds (1764000000), ISO 8601 with its"
                .formatted(text)
            + " offset (2025-11-24T16:00:00Z, 2025-11-24T17:00:00+01:00), or a date (2025-11-24,"
            + " which is its midnight in UTC)");
  }
}
