package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.release.policy.PolicyLint;
import network.calimero.tee.release.policy.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names what is weak about policies. */
@Command(
    name = "lint",
    header = "Names the weaknesses of policies, how much each matters, and what to do.",
    description = {
      "",
      "Takes attestation policies, published node measurements, candidates, and the policies, indexes"
          + " and catalogues of past releases. Documents of one release that are named together are"
          + " also held against each other: profiles that nobody can tell apart, values that KMS and"
          + " nodes share. Signatures are not looked at: policy verify and release verify do that.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:nothing as bad as --fail-on was found",
      "1:something was, or a document is malformed",
      "2:wrong usage, or a file cannot be read"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee policy lint kms-phala-attestation-policy.locked-read-only.json",
      "  A whole release, its profiles beside each other:",
      "    mero-tee policy lint release-2.3.73/ --fail-on warning",
      "  For a program:",
      "    mero-tee policy lint policy.json --json --fail-on never | jq '.documents[].findings[].code'"
    })
final class PolicyLintCommand implements Callable<Integer>, WithoutVerdict {
  /** From which severity on the exit code says so. */
  enum FailOn {
    ERROR,
    WARNING,
    NOTE,
    NEVER
  }

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Documents of at most 1 MiB, folders with the files of a release, or - for standard input.")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "error",
      description =
          "End in 1 if anything at least as bad is found: error, warning, note, or never. By default"
              + " ${DEFAULT-VALUE}.")
  FailOn failOn = FailOn.ERROR;

  private final Console console;

  PolicyLintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    PolicyLintReport report =
        new PolicyLintReport(PolicyLint.lint(PolicyInputs.read(console, files)), weak());
    console.out().print(common.json ? Json.print(report.json()) + "\n" : report.text());
    return report.exit();
  }

  private Optional<Severity> weak() {
    return switch (failOn) {
      case ERROR -> Optional.of(Severity.ERROR);
      case WARNING -> Optional.of(Severity.WARNING);
      case NOTE -> Optional.of(Severity.NOTE);
      case NEVER -> Optional.empty();
    };
  }
}
