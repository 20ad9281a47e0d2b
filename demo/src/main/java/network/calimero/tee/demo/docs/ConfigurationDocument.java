package network.calimero.tee.demo.docs;

import java.util.List;
import network.calimero.tee.kms.server.config.Variable;
import network.calimero.tee.kms.server.config.Variables;

/** Every variable that the key server reads. */
final class ConfigurationDocument {
  private static final String TITLE = "# Configuration of the KMS\n\n";

  private static final String INTRODUCTION =
      """

      The KMS is configured by environment variables and by nothing else. A value that does not parse stops the start, with a message that names the variable, what is wrong and what is accepted; all problems are told at once. Unknown variables are ignored. The program's `--help` says the same.

      """;

  private static final String CONSEQUENCES =
      """

      ## A pinned image

      If `/etc/mero-kms/image-profile` exists, its content is the profile of the image, and no variable can change it. On an image that is pinned to another profile than `debug` the variables marked *safe value only* define or weaken trust: whoever sets the environment is the adversary there, so any other than their safe value stops the start.

      ## A weakened KMS

      While `ENFORCE_MEASUREMENT_POLICY=false` the profile in every key path is `debug`, and another explicit profile stops the start: a weakened KMS never derives production keys.

      ## An example

      The addresses and measurements are those of your platform and of the node images that you serve:

      ```sh
      LISTEN_ADDR=0.0.0.0:8080
      MERO_KMS_PROFILE=locked-read-only
      MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false
      USE_ENV_POLICY=true
      ALLOWED_TCB_STATUSES=uptodate
      ALLOWED_MRTD=…
      ALLOWED_RTMR0=…
      ALLOWED_RTMR1=…
      ALLOWED_RTMR2=…
      ALLOWED_RTMR3=…
      ```

      Exit codes: 0 ended by SIGTERM or SIGINT; 1 could not start; 2 the configuration is wrong.
      """;

  private ConfigurationDocument() {}

  static String text() {
    List<List<String>> rows = Variables.all().stream().map(ConfigurationDocument::row).toList();
    String table =
        Markdown.table(
            Markdown.row("variable", "meaning", "accepted", "default", "pinned image"), rows);
    return TITLE + Markdown.GENERATED + INTRODUCTION + table + CONSEQUENCES;
  }

  private static List<String> row(Variable<?> variable) {
    return Markdown.row(
        Markdown.code(variable.name()),
        variable.meaning(),
        variable.type(),
        variable.defaultText().map(Markdown::code).orElse("none"),
        variable.onPinnedImages());
  }
}
