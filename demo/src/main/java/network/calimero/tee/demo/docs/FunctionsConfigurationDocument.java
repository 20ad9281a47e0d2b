package network.calimero.tee.demo.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.GoogleSettings;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.local.LocalSettings;
import network.calimero.tee.functions.verify.VerifySettings;

/** Every setting that the functions read. */
final class FunctionsConfigurationDocument {
  private static final List<Deployable> FUNCTIONS =
      List.of(
          VerifyDeployable.production(),
          PolicyDeployable.production(),
          AdmissionDeployable.production());

  private static final int EXAMPLE_INSTANCES = 5;

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

      """;

  private static final String INSTANCES =
      """

      ## The most that Intel Trust Authority is asked

      Instances share nothing, so `{cap}` (default {default}) bounds each of them by itself: a deployment asks at most that number times the most instances that there can be on one day. Where the key has a quota, bound the instances by the platform, and set the number so that the product stays below the quota:

      ```
      $ aws lambda put-function-concurrency --function-name verify --reserved-concurrent-executions 5
      $ gcloud functions deploy verify --max-instances=5 …
      ```

      With 5 and {default}: at most {product} requests a day, plus those of instances that the platform replaces during the day, for a new one begins to count anew. Requests beyond the bound of instances get 429 from the platform, before the function. A verdict without Intel Trust Authority says so (`not_possible`), and stands on the own verification.
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
    return INTRODUCTION.replace("{generated}", Markdown.GENERATED)
        + Markdown.table(Markdown.row("setting", "of", "meaning", "accepted", "default"), rows)
        + SECRETS
        + table(LocalSettings.all())
        + GOOGLE
        + table(List.of(GoogleSettings.AUDIENCE))
        + instances(VerifySettings.ITA_REQUESTS_PER_DAY);
  }

  private static String table(List<? extends Setting<?>> settings) {
    return Markdown.table(
        Markdown.row("setting", "meaning", "accepted", "default"),
        settings.stream()
            .map(setting ->
                Markdown.row(
                    Markdown.code(setting.name()),
                    setting.meaning(),
                    setting.accepted(),
                    value(setting)))
            .toList());
  }

  private static String instances(Setting<Integer> cap) {
    String number = cap.defaultText().orElseThrow();
    return INSTANCES
        .replace("{cap}", cap.name())
        .replace("{default}", number)
        .replace("{product}", String.valueOf(EXAMPLE_INSTANCES * Integer.parseInt(number)));
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
