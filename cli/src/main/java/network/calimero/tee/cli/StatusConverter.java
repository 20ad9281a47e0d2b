package network.calimero.tee.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.TcbStatus;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCB status in any case; Revoked is none that can be allowed. */
final class StatusConverter implements ITypeConverter<TcbStatus> {
  @Override
  public TcbStatus convert(String text) {
    TcbStatus status = TcbStatus.ofAnyCase(text.strip()).orElse(null);
    if (status == TcbStatus.REVOKED) {
      throw new TypeConversionException("Revoked is rejected always and cannot be allowed");
    }
    if (status == null) {
      throw new TypeConversionException(
          "'%s' is not a TCB status; there are %s".formatted(text, names()));
    }
    return status;
  }

  private static String names() {
    return Arrays.stream(TcbStatus.values())
        .filter(status -> status != TcbStatus.REVOKED)
        .map(TcbStatus::text)
        .collect(Collectors.joining(", "));
  }
}
