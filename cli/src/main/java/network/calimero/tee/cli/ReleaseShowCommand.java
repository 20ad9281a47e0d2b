package network.calimero.tee.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.policy.Cohort;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.VerifiedAsset;
import network.calimero.tee.release.verify.VerifiedRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a version says of its machines, after verifying it. */
@Command(
    name = "show",
    header = "Shows the measurements that a version allows, after verifying it.",
    description = {
      "",
      "Verifies both releases as release verify does, and shows nothing of one that is not genuine.",
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
      "  mero-tee release show 2.3.40",
      "  mero-tee release show 2.3.40 --json | jq '.cohorts[] | {cohort, mrtd}'"
    })
final class ReleaseShowCommand implements Callable<Integer> {
  private static final int NAME_WIDTH = 14;

  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ReleaseOptions options = new ReleaseOptions();

  @Mixin KeptFilesOptions files = new KeptFilesOptions();

  @Parameters(paramLabel = "VERSION", description = "X.Y.Z, or the tag of either release.")
  String version = "";

  private final Console console;

  ReleaseShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    ReleaseVersion asked = options.version(version);
    ReleaseSession session = options.open(console, files);
    VerifiedRelease release = ReleaseVerdict.of(session.verify(asked, Scope.BOTH)).required();
    console
        .out()
        .print(common.json ? Json.print(json(release, session)) + "\n" : text(release, session));
    return Exits.OK;
  }

  private static String text(VerifiedRelease release, ReleaseSession session) {
    Page page = new Page();
    String under = session.root().isSigstores() ? "" : " (trusted root NOT Sigstore's)";
    page.line("release %s%s".formatted(release.version(), under));
    page.row("generation", NAME_WIDTH, release.generation().name());
    page.row("commit", NAME_WIDTH, release.commit());
    for (PolicyFile file : ReleasePolicies.of(release)) {
      cohorts(file).forEach(cohort -> write(page, file, cohort));
    }
    page.group("Files (SHA-256)");
    for (VerifiedAsset asset : release.assets()) {
      page.line("  %s  %s".formatted(asset.digest(), asset.asset()));
    }
    return page.notes(session.weaker().stream().toList()).toString();
  }

  private static Stream<Cohort> cohorts(PolicyFile file) {
    return file instanceof PolicyFile.Judging judging ? judging.cohorts().stream() : Stream.empty();
  }

  private static void write(Page page, PolicyFile file, Cohort cohort) {
    page.group("%s (%s)".formatted(cohort.words(), file.name()));
    page.row("TCB", NAME_WIDTH, String.join(", ", statuses(cohort)));
    for (Register register : Register.values()) {
      String name = register.name();
      for (String value : values(cohort, register)) {
        page.row(name, NAME_WIDTH, value);
        name = "";
      }
    }
    composeHashes(cohort).forEach(hash -> page.row("compose hash", NAME_WIDTH, hash));
  }

  private static List<String> statuses(Cohort cohort) {
    return cohort.values().statuses().values().stream()
        .map(status -> status.text().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<String> values(Cohort cohort, Register register) {
    return cohort.values().list(register).values().stream().map(Measurement::hex).toList();
  }

  private static List<String> composeHashes(Cohort cohort) {
    return cohort.composeHashes().stream()
        .flatMap(hashes -> hashes.values().stream())
        .map(Bytes::hex)
        .toList();
  }

  private static ObjectNode json(VerifiedRelease release, ReleaseSession session) {
    ObjectNode node = Json.object().put("verified", true).putNull("failure");
    node.put("version", release.version().toString());
    node.put("generation", release.generation().name()).put("commit", release.commit());
    session.describe(node);
    ArrayNode cohorts = node.putArray("cohorts");
    for (PolicyFile file : ReleasePolicies.of(release)) {
      cohorts(file).forEach(cohort -> cohorts.add(json(file, cohort)));
    }
    return node;
  }

  private static ObjectNode json(PolicyFile file, Cohort cohort) {
    ObjectNode node = Json.object().put("cohort", cohort.words());
    node.put("asset", file.name()).put("sha256", file.sha256());
    node.set("tcbStatuses", Json.texts(statuses(cohort)));
    for (Register register : Register.values()) {
      String name = register.name().toLowerCase(Locale.ROOT);
      node.set(name, Json.texts(values(cohort, register)));
    }
    node.set("composeHashes", Json.texts(composeHashes(cohort)));
    return node;
  }
}
