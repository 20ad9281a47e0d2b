package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands that play a node towards a KMS. */
@Command(
    name = "kms",
    header = "Plays a node towards a KMS, and explains a KMS's configuration.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mero-tee kms attest https://kms.example.org --pccs https://pccs.example.org",
      "  mero-tee kms get-key https://kms.example.org --pccs https://pccs.example.org \\",
      "      --identity node.key --expect-fingerprint $KEYS",
      "  mero-tee kms config --explain"
    })
final class KmsCommands implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? attest, get-key or config");
  }
}
