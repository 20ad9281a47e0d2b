package network.calimero.tee.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.calimero.tee.release.policy.Finding;
import network.calimero.tee.release.policy.LintCode;
import network.calimero.tee.release.policy.LintReport;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.policy.Severity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is weak about some policies, for people and for programs.
 *
 * @param failOn the least severity that is a failure; empty if none is
 */
record PolicyLintReport(LintReport report, Optional<Severity> failOn) {

  private boolean isWeak() {
    return failOn.filter(report::has).isPresent();
  }

  int exit() {
    return isWeak() ? OwnCode.POLICY_WEAK.exit() : Exits.OK;
  }

  private String counts() {
    return "%s, %s, %s in %s"
        .formatted(
            number(report.count(Severity.ERROR), "error"),
            number(report.count(Severity.WARNING), "warning"),
            number(report.count(Severity.NOTE), "note"),
            number(report.files().size(), "document"));
  }

  private static String number(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private @Nullable Failure failure() {
    return isWeak() ? Failure.of(OwnCode.POLICY_WEAK, counts()) : null;
  }

  String text() {
    Page page = new Page();
    page.line((isWeak() ? "WEAK: " : "PASSED: ") + counts());
    for (PolicyFile file : report.files()) {
      page.group("%s (%s)".formatted(file.name(), describe(file)));
      Map<String, List<Finding>> alike =
          report.of(file).stream()
              .collect(
                  Collectors.groupingBy(
                      finding -> finding.severity() + " " + finding.code(),
                      LinkedHashMap::new,
                      Collectors.toList()));
      alike.values().forEach(findings -> write(page, findings));
      if (alike.isEmpty()) {
        page.line("  nothing found");
      }
    }
    return page.toString();
  }

  static String describe(PolicyFile file) {
    return file.release()
        .map(it -> file.form().words() + ", release " + it)
        .orElse(file.form().words());
  }

  private static void write(Page page, List<Finding> findings) {
    LintCode code = findings.getFirst().code();
    String severity = findings.getFirst().severity().text().toUpperCase(Locale.ROOT);
    page.row(severity, 7, code.text() + ": " + code.meaning());
    for (Finding finding : findings) {
      String what =
          finding.subject().isEmpty() || finding.detail().isEmpty()
              ? finding.subject() + finding.detail()
              : finding.subject() + ": " + finding.detail();
      if (!what.isEmpty()) {
        page.row("", 7, "at " + what);
      }
    }
    page.row("", 7, "What to do: " + code.advice());
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    Json.put(node, "failure", failure());
    node.setAll(report.json());
    return node;
  }
}
