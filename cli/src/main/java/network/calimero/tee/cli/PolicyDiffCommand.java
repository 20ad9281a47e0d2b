package network.calimero.tee.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.policy.PolicyDiff;
import network.calimero.tee.release.policy.PolicyDiff.CohortDiff;
import network.calimero.tee.release.policy.PolicyDiff.ListDiff;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.VerifiedRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares policies register by register. */
@Command(
    name = "diff",
    header = "Shows register by register what changes from one policy or release to another.",
    description = {
      "",
      "Each side is a document, or a folder with the files of a release: then its policies and"
          + " published node measurements are compared, profile by profile, and signatures are not"
          + " looked at. Or it is a version (where no file has that name): then the release is verified"
          + " first, as release verify does.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:compared",
      "1:they differ and --exit-code was given, a document is malformed, or a release is refused",
      Exits.Release.USAGE,
      Exits.Release.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee policy diff old/policy.json new/policy.json",
      "  mero-tee policy diff release-2.3.71/ release-2.3.73/ --json | jq .same",
      "  What would a policy of ours change?",
      "    mero-tee policy diff 2.3.73 ours.json"
    })
final class PolicyDiffCommand implements Callable<Integer>, WithoutVerdict {
  private static final int NAME_WIDTH = 12;

  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ReleaseOptions releases = new ReleaseOptions();

  @Mixin KeptFilesOptions files = new KeptFilesOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A document, folder or version.")
  String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "A document, folder or version.")
  String after = "";

  @Option(names = "--exit-code", description = "End in 1 if anything changes.")
  boolean exitCode;

  private final Console console;

  PolicyDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    PolicyDiff diff = PolicyDiff.between(side(before), side(after));
    console.out().print(common.json ? Json.print(diff.json()) + "\n" : text(diff));
    return exitCode && !diff.same() ? Exits.REJECTED : Exits.OK;
  }

  private List<PolicyFile> side(String name) throws FailureException {
    Optional<ReleaseVersion> version = ReleaseVersion.ofAnyTag(name);
    if (version.isEmpty() || Files.exists(Path.of(name))) {
      return PolicyInputs.read(console, List.of(name));
    }
    ReleaseSession session = releases.open(console, files);
    VerifiedRelease release =
        ReleaseVerdict.of(session.verify(version.get(), Scope.BOTH)).required();
    if (!session.root().isSigstores()) {
      warn("verified under a trusted root that is NOT Sigstore's");
    }
    session.weaker().ifPresent(this::warn);
    return ReleasePolicies.of(release);
  }

  private void warn(String note) {
    console.err().println("warning: " + note);
  }

  /** For the comparison of whole releases too. */
  static String text(PolicyDiff diff) {
    Page page = new Page();
    long changed = diff.cohorts().stream().filter(cohort -> !cohort.same()).count();
    page.line(
        diff.same()
            ? "SAME: whoever one side lets in, the other does too"
            : "DIFFERENT: %d of %d cohorts change".formatted(changed, diff.cohorts().size()));
    for (CohortDiff cohort : diff.cohorts()) {
      page.group("%s (%s)%s".formatted(cohort.cohort(), cohort.document(), side(cohort)));
      cohort.lists().forEach(list -> write(page, list));
    }
    return page.toString();
  }

  private static String side(CohortDiff cohort) {
    return switch (cohort.side()) {
      case BOTH -> cohort.same() ? ": unchanged" : "";
      case ONLY_BEFORE -> ": only before";
      case ONLY_AFTER -> ": only after";
    };
  }

  private static void write(Page page, ListDiff list) {
    if (list.same()) {
      int values = list.kept().size();
      String kept =
          switch (values) {
            case 0 -> "no value";
            case 1 -> list.kept().getFirst();
            default -> values + " values";
          };
      page.row(list.list(), NAME_WIDTH, "= " + kept);
      return;
    }
    String name = list.list();
    for (String value : list.removed()) {
      page.row(name, NAME_WIDTH, "- " + value);
      name = "";
    }
    for (String value : list.added()) {
      page.row(name, NAME_WIDTH, "+ " + value);
      name = "";
    }
    if (!list.kept().isEmpty()) {
      page.row("", NAME_WIDTH, "= %d more".formatted(list.kept().size()));
    }
  }
}
