package network.calimero.tee.demo.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.local.LocalSettings;

/** Every setting that the functions read. */
final class FunctionsConfigurationDocument {
  private static final List<Deployable> FUNCTIONS =
      List.of(
          VerifyDeployable.production(),
          PolicyDeployable.production(),
          AdmissionDeployable.production());

  private static final String INTRODUCTION =
      """
      # Configuration of the functions

      {generated}
      Environment variables configure everything. A value that does not parse stops the start; all problems are told at once, in the log as `settings.refused`, on this machine on standard error. Blank is the same as not set, unknown variables are ignored. No setting changes whom the functions believe: the roots of Intel, Intel Trust Authority and Sigstore are compiled in.

      """;

  private static final String SECRETS =
      """

      ## Secrets kept elsewhere

      For a secret `NAME` there is `NAME_FROM`, which says where it is kept; it is read once, at the start, and is then in no environment.

      | `NAME_FROM` | where |
      | --- | --- |
      | `aws-secret:NAME`, `aws-secret:NAME#field` | AWS Secrets Manager, by name or ARN; `#field` of a secret that is a JSON object |
      | `aws-parameter:NAME` | AWS Systems Manager Parameter Store, by name or ARN, decrypted |
      | `google-secret:projects/PROJECT/secrets/NAME/versions/latest` | Google Secret Manager, as the service account that the function runs as; a number in place of `latest` |

      ## The local server

      """;

  private static final String GOOGLE =
      """

      ## Google Cloud

      | setting | meaning | accepted | default |
      | --- | --- | --- | --- |
      | `GOOGLE_TOKEN_AUDIENCE` | The audience of identity tokens that prove callers of admission; without it nobody is proven. | the function's URL, or whatever else callers ask Google's tokens for | none |
      """;

  private FunctionsConfigurationDocument() {}

  static String text() {
    Set<Setting<?>> all = new LinkedHashSet<>();
    FUNCTIONS.forEach(function -> all.addAll(function.settings()));
    List<List<String>> rows =
        all.stream()
            .sorted(Comparator.comparing(Setting::name))
            .map(FunctionsConfigurationDocument::row)
            .toList();
    List<List<String>> local =
        LocalSettings.all().stream()
            .map(setting ->
                Markdown.row(
                    Markdown.code(setting.name()),
                    setting.meaning(),
                    setting.accepted(),
                    value(setting)))
            .toList();
    return INTRODUCTION.replace("{generated}", Markdown.GENERATED)
        + Markdown.table(Markdown.row("setting", "of", "meaning", "accepted", "default"), rows)
        + SECRETS
        + Markdown.table(Markdown.row("setting", "meaning", "accepted", "default"), local)
        + GOOGLE;
  }

  private static List<String> row(Setting<?> setting) {
    List<String> of = new ArrayList<>();
    for (Deployable function : FUNCTIONS) {
      if (function.settings().contains(setting)) {
        of.add(function.name());
      }
    }
    return Markdown.row(
        Markdown.code(setting.name()) + (setting.secret() ? " (secret)" : ""),
        of.size() == FUNCTIONS.size() ? "all" : String.join(", ", of),
        setting.meaning(),
        setting.accepted(),
        value(setting));
  }

  private static String value(Setting<?> setting) {
    return setting.defaultText().map(Markdown::code).orElse("none");
  }
}
