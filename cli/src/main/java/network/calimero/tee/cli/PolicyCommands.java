package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about policies. */
@Command(
    name = "policy",
    header = "Verifies and reviews policies, proposes them, and configures nodes by them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  mero-tee policy verify kms-phala-attestation-policy.locked-read-only.json",
      "  mero-tee policy explain kms-phala-attestation-policy.locked-read-only.json",
      "  mero-tee policy lint release/ --fail-on warning",
      "  mero-tee policy diff 2.3.71/ 2.3.73/"
    })
final class PolicyCommands implements Runnable {
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
