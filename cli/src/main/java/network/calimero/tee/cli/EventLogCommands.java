package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about event logs. */
@Command(
    name = "eventlog",
    header = "Looks at event logs and what registers they lead to.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mero-tee eventlog replay eventlog.json --quote quote.bin",
      "  mero-tee eventlog replay attest.json --pccs https://pccs.example.org"
    })
final class EventLogCommands implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? replay");
  }
}
