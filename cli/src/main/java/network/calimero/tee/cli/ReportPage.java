package network.calimero.tee.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.verify.Rechecked;
import network.calimero.tee.functions.verify.Rechecked.Line;
import network.calimero.tee.node.PlainText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of checking a report again, for people and for programs.
 *
 * @param asOf the time that it was verified as of
 * @param now the time that it is
 */
record ReportPage(
    Rechecked checked, TrustAnchor anchor, TrustedRootChoice signers, Instant asOf, Instant now) {
  private static final String PASSED = "passed";
  private static final String FAILED = "failed";
  private static final int WIDTH = 14;

  int exit() {
    return switch (checked.result()) {
      case PASSED -> Exits.OK;
      case FAILED -> Exits.REJECTED;
      default -> Exits.NO_VERDICT;
    };
  }

  private Optional<Failure> failure() {
    Optional<Line> failed = checked.failure();
    if (failed.isPresent()) {
      Line line = failed.get();
      String reason =
          line.result().equals(FAILED)
              ? "%s: %s (%s)".formatted(words(line.name()), line.detail(), line.code())
              : words(line.name()) + " failed by the report's own account";
      return Optional.of(Failure.of(OwnCode.REPORT_REFUTED, reason));
    }
    return exit() == Exits.OK
        ? Optional.empty()
        : Optional.of(Failure.of(OwnCode.REPORT_INCOMPLETE, "not proven: " + unproven()));
  }

  private String unproven() {
    return checked.lines().stream()
        .filter(line -> List.of("freshness", "dcap", "measurements").contains(line.name()))
        .filter(line -> !line.result().equals(PASSED))
        .map(line -> "%s (%s)".formatted(words(line.name()), line.detail()))
        .collect(Collectors.joining("; "));
  }

  String text() {
    Page page = new Page();
    failure()
        .ifPresentOrElse(
            failure -> {
              page.line(
                  (exit() == Exits.REJECTED ? "REFUTED: " : "NO VERDICT: ") + failure.reason());
              page.line("  What to do: " + failure.advice());
            },
            () -> page.line(confirmed()));
    EvidenceText.root(page, anchor);
    page.row("trusted root", signers.describe());
    page.row("as of", Page.time(asOf));
    page.group("Checks");
    for (Line line : checked.lines()) {
      page.row(words(line.name()), WIDTH, said(line));
    }
    page.notes(notes());
    return page.toString();
  }

  private String confirmed() {
    JsonNode release = checked.verdict().path("release");
    String under =
        anchor.isIntel() && signers.isSigstores() ? "" : ", under roots that are NOT the real ones";
    return "CONFIRMED: %s of release %s, profile %s%s"
        .formatted(
            release.path("role").asString("").equals("kms") ? "a KMS" : "a node",
            release.path("version").asString(""),
            release
                .path("profiles")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(" or ")),
            under);
  }

  private static String said(Line line) {
    String outcome = line.result().isEmpty() ? "not reached" : words(line.result());
    String detail = line.result().isEmpty() ? "" : "  " + PlainText.of(line.detail());
    String other = line.isContradicted() ? "  THE REPORT SAYS: " + words(line.reported()) : "";
    return "%-12s%s%s".formatted(outcome, detail, other);
  }

  private static String words(String name) {
    return PlainText.of(name.replace('_', ' '));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (checked.lines().stream().anyMatch(Line::isContradicted)) {
      notes.add("the report says of itself what does not hold: whoever made it was wrong, or lied");
    }
    String until = checked.verdict().at("/dcap/validUntil").asString("");
    if (!until.isEmpty() && now.isAfter(Instant.parse(until))) {
      notes.add(
          "its collateral held until %s: what is known of the platform since then is not in it"
              .formatted(until));
    }
    return notes;
  }

  String json() {
    ObjectNode node = Json.object();
    String result = checked.result();
    if (result.equals(PASSED) || result.equals(FAILED)) {
      node.put("verified", result.equals(PASSED));
    } else {
      node.putNull("verified");
    }
    node.put("result", result);
    node.put("verifiedAt", asOf.toString());
    ArrayNode checks = node.putArray("checks");
    for (Line line : checked.lines()) {
      ObjectNode entry = checks.addObject().put("name", line.name());
      entry.put("result", line.result().isEmpty() ? "not_reached" : line.result());
      entry.put("code", line.code().isEmpty() ? null : line.code());
      entry.put("detail", line.detail());
      entry.put("reported", line.reported().isEmpty() ? null : line.reported());
      entry.put("contradicted", line.isContradicted());
    }
    node.set("failure", failure().map(Failure::json).orElse(null));
    ObjectNode root = node.putObject("root").put("name", anchor.name());
    root.put("sha256", anchor.fingerprint()).put("intel", anchor.isIntel());
    node.set("trustedRoot", signers.describeJson());
    node.set("verdict", checked.verdict());
    return Json.print(node) + "\n";
  }
}
