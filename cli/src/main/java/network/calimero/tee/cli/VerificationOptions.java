package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import network.calimero.tee.dcap.TcbStatus;
import picocli.CommandLine.Option;

/** The same with the TCB statuses that are allowed, for commands that judge them. */
final class VerificationOptions extends CollateralOptions {
  @Option(
      names = "--allow-status",
      paramLabel = "LIST",
      split = ",",
      converter = StatusConverter.class,
      description =
          "The TCB statuses that are allowed, with commas between them; in place of UpToDate, which"
              + " is the only one by default.")
  List<TcbStatus> statuses = new ArrayList<>();

  Set<TcbStatus> allowed() {
    return statuses.isEmpty() ? EnumSet.of(TcbStatus.UP_TO_DATE) : EnumSet.copyOf(statuses);
  }
}
