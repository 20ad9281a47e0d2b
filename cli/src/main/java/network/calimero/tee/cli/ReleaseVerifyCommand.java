package network.calimero.tee.cli;

import java.util.concurrent.Callable;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.verify.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies both releases of a version. */
@Command(
    name = "verify",
    header = "Verifies both releases of a version, KMS and node images, before it is trusted.",
    description = {
      "",
      "Every file must be there and be signed by the workflow that releases it, and the documents"
          + " must agree with each other and with the files: version, commit, checksums, digests;"
          + " and they must keep KMS and nodes, and profiles, apart. The first thing that does not"
          + " hold is told. The generation of the release is told by what it contains.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      Exits.Release.OK,
      Exits.Release.REFUSED,
      Exits.Release.USAGE,
      Exits.Release.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee release verify 2.3.40",
      "  From a mirror if GitHub fails, and never older than what runs now:",
      "    mero-tee release verify 2.3.40 --mirror https://mirror.example.org/mero-tee \\",
      "        --min-version 2.3.39",
      "  Without a network, from a folder that release fetch has filled:",
      "    mero-tee release verify 2.3.40 --offline releases",
      "  For a program:",
      "    mero-tee release verify 2.3.40 --json | jq '{verified, generation, commit}'"
    })
final class ReleaseVerifyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ReleaseOptions options = new ReleaseOptions();

  @Mixin KeptFilesOptions files = new KeptFilesOptions();

  @Parameters(paramLabel = "VERSION", description = "X.Y.Z, or the tag of either release.")
  String version = "";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "While files are missing or a server fails, try again every six seconds for so long: a"
              + " release that is just being made is not complete at once.")
  int wait;

  @Option(
      names = "--lines",
      description =
          "Print the lines of scripts/release/verify-release-assets.sh in place of the table.")
  boolean lines;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  ReleaseVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    if (lines && common.json) {
      throw new ParameterException(
          spec.commandLine(), "--lines and --json are two forms of one report: give one of them");
    }
    ReleaseVersion asked = options.version(version);
    ReleaseSession session = options.open(console, files);
    if (lines) {
      console.out().print(ReleaseLines.begin(asked, session));
      console.out().flush();
    }
    ReleaseVerdict verdict =
        ReleaseVerdict.of(Patience.upTo(wait).until(() -> session.verify(asked, Scope.BOTH)));
    if (lines) {
      console.out().print(ReleaseLines.rest(verdict));
    } else {
      ReleaseReportPage page = new ReleaseReportPage(verdict, session);
      console.out().print(common.json ? page.json() : page.text());
    }
    return verdict.exit();
  }
}
