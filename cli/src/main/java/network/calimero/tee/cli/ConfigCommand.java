package network.calimero.tee.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.config.PolicySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a KMS would be configured here, with what it would refuse. */
@Command(
    name = "config",
    header =
        "Shows how a KMS that is started here would be configured, and whether it would start.",
    description = {
      "",
      "Reads the environment that it runs in and the files of the image, by the same rules as the"
          + " KMS. Starts and contacts nothing. Passwords are not shown.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:a KMS would start with these settings",
      "2:it would not, and every problem is told; or wrong usage, or a file cannot be read"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee kms config --explain",
      "  env -i MERO_KMS_VERSION=2.3.71 mero-tee kms config --json | jq -r .securityDigest",
      "  mero-tee kms config --measured-file image/kms.env --image-profile image/image-profile"
    })
final class ConfigCommand implements Callable<Integer>, WithoutVerdict {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--explain", description = "Also say what each setting means.")
  boolean explain;

  @Option(
      names = "--measured-file",
      paramLabel = "FILE",
      description = "The image's measured settings, instead of /etc/mero-kms/kms.env.")
  Optional<Path> measuredFile = Optional.empty();

  @Option(
      names = "--image-profile",
      paramLabel = "FILE",
      description = "The image's profile, instead of /etc/mero-kms/image-profile.")
  Optional<Path> imageProfile = Optional.empty();

  private final Console console;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    ConfigReport report = read();
    console.out().print(common.json ? Json.print(report.json()) + "\n" : report.text(explain));
    return report.exit();
  }

  private ConfigReport read() throws FailureException {
    Image.Files standard = Image.Files.DEFAULT;
    Image.Files files =
        new Image.Files(
            named(imageProfile).orElse(standard.profile()),
            named(measuredFile).orElse(standard.settings()));
    try {
      KmsConfig config = KmsConfig.read(console.environment(), Image.read(files));
      return ConfigReport.of(config, missingRoot(config));
    } catch (ConfigurationException e) {
      return ConfigReport.of(e);
    }
  }

  /** It may be there in the image, of which only the settings may be here. */
  private static Optional<String> missingRoot(KmsConfig config) {
    return config.policy() instanceof PolicySource.Release release
        ? release
            .signers()
            .trustedRoot()
            .filter(root -> !Files.isReadable(root))
            .map(root ->
                "SIGSTORE_TRUSTED_ROOT=%s cannot be read here: a KMS that finds it so does not start"
                    .formatted(root))
        : Optional.empty();
  }

  /** An image may have no such file; but one that somebody names is meant to be there. */
  private static Optional<Path> named(Optional<Path> file) throws FailureException {
    if (file.isPresent() && Files.notExists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      throw FailureException.input(
          "cannot read %s: there is no such file".formatted(file.get()), "check the path");
    }
    return file;
  }
}
