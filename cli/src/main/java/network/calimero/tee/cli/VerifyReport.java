package network.calimero.tee.cli;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A verdict for people and for programs.
 *
 * @param source where the collateral came from
 * @param now the time that it is as of
 */
record VerifyReport(Verdict verdict, TrustAnchor anchor, String source, Instant now) {

  String text() {
    Page page = new Page();
    switch (verdict) {
      case Verdict.Authentic yes -> authentic(page, yes);
      case Verdict.Rejected no -> {
        boolean atStep = no.failure().step() != null;
        page.line((atStep ? "REJECTED at " : "REJECTED: ") + no.failure().message());
        page.line("  What to do: " + no.failure().advice());
      }
      case Verdict.Unknown unknown -> {
        page.line("NO VERDICT: the collateral is not to be had, so nothing is known of the quote");
        page.line("  " + unknown.failure().message());
        page.line("  What to do: " + unknown.failure().advice());
      }
    }
    EvidenceText.root(page, anchor);
    page.row("collateral from", source);
    page.row("as of", Page.time(now));
    StepTable.write(page, verdict);
    if (verdict instanceof Verdict.Authentic yes) {
      EvidenceText.write(page, yes.evidence());
    }
    return page.toString();
  }

  /** The first line stands for itself, for it is the one that is copied. */
  private void authentic(Page page, Verdict.Authentic yes) {
    VerifiedQuote evidence = yes.evidence();
    String tee = evidence.quote().teeType().name();
    String status = evidence.tcb().status().text();
    String under = anchor.isIntel() ? "" : " under a root that is NOT Intel's";
    if (yes.statusAllowed()) {
      page.line("AUTHENTIC %s quote%s; TCB status %s is allowed".formatted(tee, under, status));
    } else {
      page.line(
          "AUTHENTIC %s quote%s, but TCB status %s is NOT ALLOWED".formatted(tee, under, status));
      page.line("  Allowed: " + String.join(", ", names(yes.allowed())));
    }
  }

  private static List<String> names(Collection<TcbStatus> statuses) {
    return statuses.stream().sorted().map(TcbStatus::text).toList();
  }

  String json() {
    ObjectNode node = Json.object();
    switch (verdict) {
      case Verdict.Authentic yes -> {
        node.put("verified", true);
        node.put("statusAllowed", yes.statusAllowed());
        node.put("tcbStatus", yes.evidence().tcb().status().text());
        node.set("allowedStatuses", Json.texts(names(yes.allowed())));
        node.set("advisoryIds", Json.texts(yes.evidence().tcb().advisoryIds()));
        node.putNull("failure");
      }
      case Verdict.Rejected no -> {
        node.put("verified", false);
        putNothingProven(node, revoked(no.failure()), no.failure());
      }
      case Verdict.Unknown unknown -> {
        node.putNull("verified");
        putNothingProven(node, null, unknown.failure());
      }
    }
    node.put("verifiedAt", now.toString());
    node.put("collateralSource", source);
    node.set("root", EvidenceJson.root(anchor));
    StepTable.put(node, verdict);
    if (verdict instanceof Verdict.Authentic yes) {
      EvidenceJson.put(node, yes.evidence());
    }
    Quote quote = quote();
    node.set("quote", quote == null ? null : QuoteJson.of(quote));
    return Json.print(node) + "\n";
  }

  private static void putNothingProven(ObjectNode node, @Nullable String status, Failure failure) {
    node.putNull("statusAllowed");
    node.put("tcbStatus", status);
    node.putArray("advisoryIds");
    node.set("failure", failure.json());
  }

  /** Of all refusals only this one is a TCB status. */
  private static @Nullable String revoked(Failure failure) {
    boolean revoked = failure.code().equals(FailureCode.TCB_REVOKED.text());
    return revoked ? TcbStatus.REVOKED.text() : null;
  }

  private @Nullable Quote quote() {
    return switch (verdict) {
      case Verdict.Authentic yes -> yes.evidence().quote();
      case Verdict.Rejected no -> no.quote();
      case Verdict.Unknown unknown -> unknown.quote();
    };
  }
}
