package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about quotes. */
@Command(
    name = "quote",
    header = "Looks at quotes and verifies them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mero-tee quote inspect quote.bin",
      "  mero-tee quote verify quote.bin --collateral collateral.json"
    })
final class QuoteCommands implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? inspect or verify");
  }
}
