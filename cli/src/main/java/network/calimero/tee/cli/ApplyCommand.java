package network.calimero.tee.cli;

import java.util.List;
import java.util.concurrent.Callable;
import network.calimero.tee.release.config.MerodConfig;
import network.calimero.tee.release.config.MerodUpdate;
import network.calimero.tee.release.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Sets merod's configuration from the policy of a release, value by value. */
@Command(
    name = "apply",
    header = "Sets merod's configuration for the KMS of a release, after verifying the release.",
    description = {
      "",
      "What generate would write, set by running merod's own config command once per value. Doing it"
          + " again changes nothing. Where merod fails it stops, and says which values are set and"
          + " which are not.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:every value is set, or was printed by --dry-run",
      "1:refused: the release is not genuine, or its policy is not one to configure by",
      "2:wrong usage, or merod is missing or failed",
      "4:no verdict: the release cannot be had"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee policy apply 2.3.71 https://kms.example.org/ ~/.calimero",
      "  What would run?",
      "    mero-tee policy apply --dry-run 2.3.71 https://kms.example.org/ ~/.calimero node1"
    })
final class ApplyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ConfigSource source = new ConfigSource();

  @Parameters(index = "2", paramLabel = "HOME", description = "merod's folder.")
  String home = "";

  @Parameters(
      index = "3",
      paramLabel = "NODE",
      arity = "0..1",
      defaultValue = "default",
      description = "The node's name in it; by default ${DEFAULT-VALUE}.")
  String node = "default";

  @Option(names = "--dry-run", description = "Print, for a shell, what would run; set nothing.")
  boolean dryRun;

  @Option(
      names = "--merod",
      paramLabel = "PROGRAM",
      defaultValue = "merod",
      description = "The program to run; by default ${DEFAULT-VALUE}, found by PATH.")
  String program = "merod";

  private final Console console;

  ApplyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException, InterruptedException {
    MerodProgram merod = MerodProgram.find(program, console);
    ConfigSource.Made made = source.make(console);
    MerodUpdate update = new MerodUpdate(made.config(), home, node);
    if (!common.json) {
      announce(update.config());
    }
    List<String> set = dryRun ? List.of() : run(merod, update);
    console.out().print(common.json ? json(made, update, set) : end(update));
    return Exits.OK;
  }

  private void announce(MerodConfig config) {
    Page page = new Page();
    page.line("Applying release-pinned KMS attestation config");
    page.line("  tag: " + config.tag());
    page.line("  profile: " + config.profile().text());
    page.line("  commit: " + config.commit());
    page.line("  home: " + home);
    page.line("  node: " + node);
    console.out().print(page);
    console.flush();
  }

  private static List<String> run(MerodProgram merod, MerodUpdate update)
      throws FailureException, InterruptedException {
    MerodUpdate.Result result = update.run(merod);
    if (result.failure().isPresent()) {
      throw FailureException.of(
          OwnCode.MEROD_FAILED,
          "%s; set: %s; not set: %s"
              .formatted(result.failure().get(), names(result.done()), names(result.open())));
    }
    return result.done();
  }

  private static String names(List<String> keys) {
    return keys.isEmpty() ? "nothing" : String.join(", ", keys);
  }

  private String end(MerodUpdate update) {
    if (dryRun) {
      return String.join("\n", update.lines()) + "\nDry-run complete. No changes were written.\n";
    }
    return "Successfully updated merod config with signed policy from release %s.\n"
        .formatted(update.config().tag());
  }

  private String json(ConfigSource.Made made, MerodUpdate update, List<String> set) {
    ObjectNode report = made.json();
    report.put("tag", update.config().tag()).put("profile", update.config().profile().text());
    report.put("commit", update.config().commit()).put("home", home).put("node", node);
    report.put("dryRun", dryRun);
    report.set("set", Json.texts(set));
    report.set(
        "settings", Json.texts(update.config().settings().stream().map(Setting::key).toList()));
    report.set("commands", Json.texts(update.lines()));
    return Json.print(report) + "\n";
  }
}
