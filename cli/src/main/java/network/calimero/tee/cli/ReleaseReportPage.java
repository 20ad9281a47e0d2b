package network.calimero.tee.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.release.verify.Check;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.VerifiedAsset;
import network.calimero.tee.release.verify.VerifiedRelease;
import network.calimero.tee.sigstore.Signer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What came of verifying a release, for people and for programs. */
record ReleaseReportPage(ReleaseVerdict verdict, ReleaseSession session) {

  String text() {
    Page page = new Page();
    page.line(headline());
    verdict
        .failure()
        .ifPresent(failure -> {
          page.line("  " + failure.message());
          page.line("  What to do: " + failure.advice());
        });
    facts(page);
    page.group("Checks");
    table(page, verdict.report().checks());
    return page.notes(session.notes()).toString();
  }

  /** The first line stands for itself, for it is the one that is copied. */
  private String headline() {
    ReleaseReport report = verdict.report();
    String what = "release %s of %s".formatted(report.version(), report.repository());
    if (verdict.release().isPresent()) {
      return "GENUINE: " + what + under();
    }
    return (verdict.exit() == Exits.REJECTED ? "REFUSED: " : "NO VERDICT: ") + what + under();
  }

  private String under() {
    return session.root().isSigstores() ? "" : ", under a trusted root that is NOT Sigstore's";
  }

  private void facts(Page page) {
    verdict
        .release()
        .ifPresent(release -> {
          page.row("generation", release.generation().name());
          page.row("commit", release.commit());
        });
    page.row("files from", PlainText.of(session.source()));
    page.row("signed by", signedBy());
    page.row("trusted root", session.root().describe());
  }

  private String signedBy() {
    String workflows =
        session.rule().isExact()
            ? "the release workflows of "
                + session.rule().workflows().repository()
                + session
                    .rule()
                    .workflows()
                    .repositoryId()
                    .map(id -> ", number " + id)
                    .orElse(", whose number is not compared")
            : "whoever matches " + session.rule().pattern().orElseThrow();
    return PlainText.of(
        workflows + session.rule().issuer().map(i -> ", by word of " + i).orElse(""));
  }

  private static void table(Page page, List<Check> checks) {
    int width = checks.stream().mapToInt(check -> check.subject().length()).max().orElse(0);
    for (Check check : checks) {
      String how = check.how().isEmpty() ? "" : " (" + check.how() + ")";
      String detail = check.detail().isEmpty() ? "" : ": " + check.detail();
      String subject = check.subject() + " ".repeat(width - check.subject().length());
      page.line(
          PlainText.of(
              "  %-7s  %s  %s%s%s".formatted(result(check), subject, check.what(), how, detail)));
    }
  }

  private static String result(Check check) {
    return check.result().name().toLowerCase(Locale.ROOT);
  }

  String json() {
    ReleaseReport report = verdict.report();
    ObjectNode node = Json.object();
    if (verdict.exit() == Exits.OK || verdict.exit() == Exits.REJECTED) {
      node.put("verified", verdict.exit() == Exits.OK);
    } else {
      node.putNull("verified");
    }
    Json.put(node, "failure", verdict.failure().orElse(null));
    node.put("version", report.version().toString());
    node.put("repository", report.repository());
    Optional<VerifiedRelease> release = verdict.release();
    node.put("generation", release.map(r -> r.generation().name()).orElse(null));
    node.put("commit", release.map(VerifiedRelease::commit).orElse(null));
    node.put("source", session.source());
    session.describe(node);
    ArrayNode checks = node.putArray("checks");
    report.checks().forEach(check -> checks.add(json(check)));
    ArrayNode assets = node.putArray("assets");
    release.ifPresent(r -> r.assets().forEach(asset -> assets.add(json(asset))));
    return Json.print(node) + "\n";
  }

  private static ObjectNode json(Check check) {
    ObjectNode node = Json.object().put("subject", check.subject()).put("what", check.what());
    node.put("how", check.how().isEmpty() ? null : check.how());
    return node.put("result", result(check)).put("detail", check.detail());
  }

  private static ObjectNode json(VerifiedAsset asset) {
    ObjectNode node = Json.object().put("family", asset.asset().family().title());
    node.put("name", asset.asset().name()).put("sha256", asset.digest().toString());
    Signer signer = asset.signer();
    ObjectNode by = node.putObject("signer").put("identity", signer.identity());
    by.put("repositoryId", signer.repositoryId().orElse(null)).put("commit", signer.commit());
    by.put("logIndex", signer.logIndex()).put("signedAt", signer.integratedTime().toString());
    by.put("form", signer.form().name().toLowerCase(Locale.ROOT));
    return node;
  }
}
