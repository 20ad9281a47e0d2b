package network.calimero.tee.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.config.Setting;
import network.calimero.tee.node.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a KMS would be configured, for people and for programs.
 *
 * @param problems why it would not start; none if it would
 * @param settings as far as they could be read
 * @param securityDigest over what decides who gets which key; empty if it would not start
 */
record ConfigReport(
    List<String> problems,
    List<Setting> settings,
    List<String> warnings,
    Optional<String> securityDigest) {

  /**
   * That of a configuration.
   *
   * @param found what else was seen on this machine
   */
  static ConfigReport of(KmsConfig config, Optional<String> found) {
    List<String> warnings = Stream.concat(config.warnings().stream(), found.stream()).toList();
    return new ConfigReport(
        List.of(), config.settings(), warnings, Optional.of(config.securityDigest()));
  }

  static ConfigReport of(ConfigurationException refused) {
    return new ConfigReport(refused.problems(), refused.settings(), List.of(), Optional.empty());
  }

  int exit() {
    return problems.isEmpty() ? Exits.OK : OwnCode.CONFIGURATION_REFUSED.exit();
  }

  private @Nullable Failure failure() {
    return problems.isEmpty()
        ? null
        : Failure.of(OwnCode.CONFIGURATION_REFUSED, String.join("; ", problems));
  }

  String text(boolean explain) {
    Page page = new Page();
    page.line(problems.isEmpty() ? "STARTS" : "DOES NOT START");
    problems.forEach(problem -> page.line("  " + PlainText.of(problem)));
    securityDigest.ifPresent(digest -> page.row("security digest", digest));
    if (!settings.isEmpty()) {
      page.group("Settings");
    }
    int width = settings.stream().mapToInt(setting -> setting.name().length()).max().orElse(0);
    for (Setting setting : settings) {
      page.row(
          setting.name(),
          width,
          "%s  [%s]"
              .formatted(PlainText.of(setting.value().orElse("(none)")), setting.origin().text()));
      if (explain) {
        page.line("    " + setting.meaning());
      }
    }
    return page.notes(warnings.stream().map(PlainText::of).toList()).toString();
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("starts", problems.isEmpty());
    Json.put(node, "failure", failure());
    node.set("problems", Json.texts(problems));
    node.put("securityDigest", securityDigest.orElse(null));
    ArrayNode entries = node.putArray("settings");
    for (Setting setting : settings) {
      ObjectNode entry = entries.addObject();
      entry.put("name", setting.name());
      entry.put("value", setting.value().orElse(null));
      entry.put("origin", setting.origin().text().replace(' ', '_'));
      entry.put("meaning", setting.meaning());
    }
    node.set("warnings", Json.texts(warnings));
    return node;
  }
}
