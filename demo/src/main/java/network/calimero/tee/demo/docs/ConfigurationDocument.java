package network.calimero.tee.demo.docs;

import java.util.List;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.Variable;
import network.calimero.tee.kms.config.Variables;

/** Every setting that the key server reads. */
final class ConfigurationDocument {
  private static final String TITLE = "# Configuration of the KMS\n\n";

  private static final String INTRODUCTION =
      """

      The KMS is configured by environment variables and, as part of its image, by the measured file `{settings}`. A value that does not parse stops the start, with a message that names the setting, what is wrong and what is accepted; all problems are told at once. Unknown variables are ignored.

      `mero-tee kms config --explain` prints each setting as it counts, where it is from and what it means, and whether a KMS would start; the KMS's own `--help` lists the settings.

      """;

  private static final String CONSEQUENCES =
      """

      Blank means not set where the last column says so; elsewhere it is a mistake that stops the start.

      ## A pinned image

      If `{profile}` exists, its content is the profile of the image, and no variable can change it. On an image that is pinned to another profile than `debug`, whoever sets the environment is the adversary. What weakens or defines trust then counts from the measured file only. In the environment it stops the start, with two exceptions: a safe value (the default, which templates repeat), and the value that the file has, for systemd may export the file into the environment. A safe value does not undo what the file says: it is set aside, with a warning.

      On such an image a start is refused, too, that has `JAVA_TOOL_OPTIONS`, `JDK_JAVA_OPTIONS`, `_JAVA_OPTIONS`, `LD_PRELOAD`, `LD_AUDIT` or `LD_LIBRARY_PATH` in its environment, unless the measured file has the same. These are no settings: the Java VM and the system's loader obey them, and can let a debugger in or run commands before the program looks. So the refusal shows a mistake and stops nobody who is quick: the image's start command has to clear them, see [running the KMS](kms.md#an-image).

      Without a pin, or pinned to `debug`, the environment may set everything, and comes before the file; a warning names all of it that a pinned image would refuse.

      What is harmless counts from the environment before the file, on every image; only a prefix of key paths that the file of a pinned image has is not the environment's to change, for every node would get another key. A setting that is blank in the environment and may be counts from the file.

      On a pinned image the three `MIN_` settings have defaults, which are what was newest when the program was made: an image that is to serve older releases says so in its measured file. Nothing is remembered across restarts, so these floors are all that stops an operator from going back to an older signed policy or older signed collateral.

      ## The measured file

      One `NAME=VALUE` per line. Empty lines and lines that begin with `#` or `;` say nothing. White space around the value is cut; the value may stand in single or double quotes, all of it. Of a name that is set twice the last one counts. Backslashes, quotes inside a value, comments behind one and `export` are refused with the number of the line, because programs read them in different ways: what is left, systemd's `EnvironmentFile` reads alike. UTF-8, at most 1 MiB. A name that is no setting is told at start and passed over. If the file is there and cannot be read, the KMS does not start.

      ## A weakened KMS

      While `ENFORCE_MEASUREMENT_POLICY=false` the profile in every key path is `debug`, and another explicit profile stops the start: a weakened KMS never derives production keys.

      ## Agents

      Agents are judged by the `AGENT_ALLOWED_` lists, all five of them; a quote belongs to a role only if all its registers are in that role's lists. Lists of nodes and agents that share a value in every register stop the start. Agents have their keys under `AGENT_KEY_NAMESPACE_PREFIX`.

      ## The security digest

      The KMS logs a SHA-256 of the settings that decide who gets which key, and `mero-tee kms config` prints it: two KMSs with the same digest on the same platform serve the same nodes alike.

      ## An example

      The addresses and measurements are those of your platform and of the node images that you serve:

      ```sh
      LISTEN_ADDR=0.0.0.0:8080
      MERO_KMS_PROFILE=locked-read-only
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
            Markdown.row("setting", "meaning", "accepted", "default", "pinned image", "blank"),
            rows);
    Image.Files files = Image.Files.DEFAULT;
    return (TITLE + Markdown.GENERATED + INTRODUCTION + table + CONSEQUENCES)
        .replace("{settings}", files.settings().toString())
        .replace("{profile}", files.profile().toString());
  }

  private static List<String> row(Variable<?> variable) {
    return Markdown.row(
        Markdown.code(variable.name()),
        variable.meaning(),
        variable.type(),
        defaults(variable),
        variable.pinnedValues(),
        blank(variable.blank()));
  }

  private static String defaults(Variable<?> variable) {
    String always = variable.defaultText().map(Markdown::code).orElse("none");
    return variable
        .pinnedDefault()
        .map(pinned -> always + "; on a pinned image " + Markdown.code(pinned))
        .orElse(always);
  }

  private static String blank(Variable.Blank blank) {
    return switch (blank) {
      case PROBLEM -> "a mistake";
      case UNSET -> "not set";
      case UNSET_UNLESS_PINNED -> "not set; on a pinned image a mistake";
    };
  }
}
