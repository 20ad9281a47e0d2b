package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Writes merod's configuration from the policy of a release. */
@Command(
    name = "generate",
    header = "Writes merod's configuration for the KMS of a release, after verifying the release.",
    description = {
      "",
      "The release's KMS family is verified as release verify does it, then its policy becomes the"
          + " part of merod's configuration that says which KMS to ask and what it must be. The same"
          + " release, profile and URL give the same text.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:the configuration was printed, or written to FILE",
      "1:refused: the release is not genuine, or its policy is not one to configure by",
      "2:wrong usage, or FILE cannot be written",
      "4:no verdict: the release cannot be had"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee policy generate 2.3.71 https://kms.example.org/ tee-kms.toml",
      "  Where does each value come from?",
      "    mero-tee policy generate --explain 2.3.71 https://kms.example.org/",
      "  Without a network, from files that were downloaded before:",
      "    mero-tee policy generate --offline releases/ --profile debug 2.3.71 http://127.0.0.1:8080/"
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin ConfigSource source = new ConfigSource();

  @Parameters(
      index = "2",
      paramLabel = "FILE",
      arity = "0..1",
      description = "Written whole or not at all; by default standard output.")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--explain",
      description = "Say in comments which file, of which digest, each value comes from.")
  boolean explain;

  private final Console console;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    ConfigSource.Made made = source.make(console);
    String text = common.json ? json(made) : made.config().toml(explain);
    if (file.isEmpty()) {
      console.out().print(text);
    } else {
      WholeFile.write(file.get(), text.getBytes(UTF_8));
      console.out().println("Wrote merod TEE KMS attestation config to " + file.get());
    }
    return Exits.OK;
  }

  private static String json(ConfigSource.Made made) {
    ObjectNode node = made.json();
    node.setAll(made.config().json());
    return Json.print(node) + "\n";
  }
}
