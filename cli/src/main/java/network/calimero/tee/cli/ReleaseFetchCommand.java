package network.calimero.tee.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.verify.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads both releases of a version and verifies them. */
@Command(
    name = "fetch",
    header = "Downloads both releases of a version into a folder, and verifies them.",
    description = {
      "",
      "For machines without a network: copy the folder there, and give it to --offline. What the"
          + " transparency log answers about files without a bundle is kept too. A file is seen under"
          + " its name only when it is complete; after an interruption the next run goes on with what"
          + " is missing. Files of a version that is refused stay for inspection and are not to be used:"
          + " the exit code says so, and --offline verifies again.",
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
      "  mero-tee release fetch 2.3.40 --to releases",
      "  mero-tee release verify 2.3.40 --offline releases",
      "  mero-tee release fetch 2.3.40 --to releases --json | jq -r '.assets[].sha256'"
    })
final class ReleaseFetchCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ReleaseOptions options = new ReleaseOptions();

  @Parameters(paramLabel = "VERSION", description = "X.Y.Z, or the tag of either release.")
  String version = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The folder; each release gets one of its own in it, named by its tag.")
  Path to = Path.of("");

  private final Console console;

  ReleaseFetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    ReleaseVersion asked = options.version(version);
    ReleaseSession session = options.openInto(to, console);
    ReleaseVerdict verdict = ReleaseVerdict.of(session.verify(asked, Scope.BOTH));
    ReleaseReportPage page = new ReleaseReportPage(verdict, session);
    console.out().print(common.json ? page.json() : page.text());
    return verdict.exit();
  }
}
