package network.calimero.tee.cli;

import java.net.URI;
import java.net.URISyntaxException;
import network.calimero.tee.node.KmsClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The KMS that a command talks to. */
final class KmsAddress {
  @Parameters(
      paramLabel = "URL",
      description = "The base URL of the KMS, such as https://kms.example.org")
  String url = "";

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  KmsClient open() {
    try {
      return new KmsClient(new URI(url));
    } catch (URISyntaxException _) {
      throw refused("not an http or https URL of a host");
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(
        spec.commandLine(), "'%s' is not a KMS's URL: %s".formatted(url, why));
  }
}
