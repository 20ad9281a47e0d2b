package network.calimero.tee.cli;

import java.util.concurrent.Callable;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.policy.PolicyDiff;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.VerifiedRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Compares two versions register by register, after verifying both. */
@Command(
    name = "diff",
    header = "Compares what two versions allow, register by register, after verifying both.",
    description = {
      "",
      "Verifies each version as release verify does, and compares nothing that is not genuine.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:both are genuine; with --exit-code: and allow the same",
      "1:one is refused; with --exit-code: or they differ",
      Exits.Release.USAGE,
      Exits.Release.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee release diff 2.3.40 2.3.41",
      "  mero-tee release diff 2.3.40 2.3.41 --json | jq '.cohorts[] | select(.same | not)'"
    })
final class ReleaseDiffCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ReleaseOptions options = new ReleaseOptions();

  @Mixin KeptFilesOptions files = new KeptFilesOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A version.")
  String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "A version.")
  String after = "";

  @Option(names = "--exit-code", description = "End in 1 if anything changes.")
  boolean exitCode;

  private final Console console;

  ReleaseDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    ReleaseVersion old = options.version(before);
    ReleaseVersion fresh = options.version(after);
    ReleaseSession session = options.open(console, files);
    VerifiedRelease left = ReleaseVerdict.of(session.verify(old, Scope.BOTH)).required();
    VerifiedRelease right = ReleaseVerdict.of(session.verify(fresh, Scope.BOTH)).required();
    PolicyDiff diff = PolicyDiff.between(ReleasePolicies.of(left), ReleasePolicies.of(right));
    console.out().print(common.json ? json(left, right, diff, session) : text(diff, session));
    return exitCode && !diff.same() ? Exits.REJECTED : Exits.OK;
  }

  private static String text(PolicyDiff diff, ReleaseSession session) {
    Page notes = new Page();
    if (!session.root().isSigstores()) {
      notes.line("Note: verified under a trusted root that is NOT Sigstore's");
    }
    session.weaker().ifPresent(note -> notes.line("Note: " + note));
    return PolicyDiffCommand.text(diff) + notes;
  }

  private static String json(
      VerifiedRelease left, VerifiedRelease right, PolicyDiff diff, ReleaseSession session) {
    ObjectNode node = diff.json();
    node.put("verified", true).putNull("failure");
    node.put("before", left.version().toString()).put("after", right.version().toString());
    session.describe(node);
    return Json.print(node) + "\n";
  }
}
