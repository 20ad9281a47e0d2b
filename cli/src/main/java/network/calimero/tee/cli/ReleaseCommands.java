package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about releases. */
@Command(
    name = "release",
    header = "Verifies releases, fetches and compares them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mero-tee release verify 2.3.40",
      "  mero-tee release diff 2.3.40 2.3.41",
      "  mero-tee release trusted-root --update"
    })
final class ReleaseCommands implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }
}
