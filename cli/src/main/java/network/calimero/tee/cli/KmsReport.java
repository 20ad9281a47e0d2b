package network.calimero.tee.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.node.Check;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.node.KmsAssessment;
import network.calimero.tee.node.KmsAssessment.Refusal;
import network.calimero.tee.node.KmsAssessment.Verdict;
import network.calimero.tee.node.NodeStep;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.QuoteJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node concludes about a KMS, for people and for programs.
 *
 * @param source where the collateral came from
 */
record KmsReport(
    URI kms,
    KmsAssessment assessment,
    Expectations expectations,
    TrustAnchor anchor,
    String source) {
  private static final String STATUS =
      "ask its operator to update the platform; or allow its status with --allow-status, if you mean"
          + " to live with what is short there";

  private static final String ANYBODYS_KEYS =
      "whose keys it gives was not judged (--expect-fingerprint): the same program passes alike on"
          + " dstack under a key provider that somebody else runs, who can then know the keys";

  private static final String RELAY =
      "Evidence through a URL can be relayed: this says that some such KMS answered, not that the"
          + " next connection to that URL ends in it.";

  int exit() {
    return switch (assessment.verdict()) {
      case ACCEPTED -> Exits.OK;
      case NOT_ALLOWED -> Exits.NOT_ALLOWED;
      case REJECTED -> Exits.REJECTED;
      case UNDECIDED -> Exits.NO_VERDICT;
    };
  }

  /** What a "yes" does not say; empty where there is none. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!anchor.isIntel()) {
      warnings.add("the root given by --root is not Intel's: Intel vouches for nothing here");
    }
    if (assessment.verdict() != Verdict.ACCEPTED) {
      return warnings;
    }
    List<Register> unjudged = expectations.unjudged();
    if (unjudged.size() == Register.values().length) {
      warnings.add(
          "genuine is not the right one: no measurements are expected (--expect-mrtd, --expect-rtmr0"
              + " … --expect-rtmr3), so "
              + (expectations.composeHashes().isEmpty()
                  ? "any program in any genuine TDX VM passes"
                  : "the compose hash is the word of whatever system measured it, and any can"
                      + " measure this one"));
    } else if (!unjudged.isEmpty()) {
      warnings.add(
          "not judged: %s. Images that differ only there pass alike"
              .formatted(unjudged.stream().map(Register::name).collect(Collectors.joining(", "))));
    }
    if (unjudged.size() < Register.values().length && expectations.fingerprints().isEmpty()) {
      warnings.add(ANYBODYS_KEYS);
    }
    if (assessment.transportKey().isEmpty()) {
      warnings.add(RELAY);
    }
    return warnings;
  }

  /** Why there is no "yes"; null if there is one. */
  @Nullable Failure failure() {
    if (assessment.refusal().isPresent()) {
      return failure(assessment.refusal().get());
    }
    return assessment.verdict() == Verdict.NOT_ALLOWED ? notAllowed() : null;
  }

  private Failure failure(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Protocol(var cause) -> Failure.of(cause);
      case Refusal.Form(String code, String message) ->
          new Failure(code, message, OwnCode.NOT_A_TRUST_DOMAIN.advice());
      case Refusal.Unproven(var cause) ->
          assessment
              .quote()
              .map(quote -> QuoteRoot.explain(cause, quote, anchor))
              .orElseGet(() -> Failure.of(cause));
      case Refusal.NoCollateral(var cause) -> Failure.of(cause);
      case Refusal.NotFresh(var found, var expected) ->
          new Failure(
              OwnCode.REPORT_DATA_MISMATCH.text(),
              null,
              "the evidence was not made for this request",
              found.hex(),
              expected.hex(),
              OwnCode.REPORT_DATA_MISMATCH.advice());
    };
  }

  private Failure notAllowed() {
    List<Check> failed =
        assessment.checks().stream()
            .filter(check -> check.outcome() == Check.Outcome.FAILED)
            .toList();
    String found =
        failed.stream()
            .map(check -> check.step().title() + " (" + check.detail() + ")")
            .collect(Collectors.joining("; "));
    Failure failure =
        Failure.of(OwnCode.KMS_NOT_ALLOWED, "the KMS is genuine but not as expected: " + found);
    boolean statusOnly = failed.stream().allMatch(check -> check.step() == NodeStep.STATUS);
    return statusOnly ? failure.withAdvice(STATUS) : failure;
  }

  String text() {
    Page page = new Page();
    write(page, assessment.checks());
    return page.toString();
  }

  /** The report with those steps, which may go further than its own. */
  void write(Page page, List<Check> checks) {
    page.line(headline());
    Failure failure = failure();
    if (failure != null) {
      CheckTable.writeStop(page, assessment.stop());
      page.line("  " + failure.message());
      page.line("  What to do: " + failure.advice());
    }
    EvidenceText.root(page, anchor);
    page.row("collateral from", source);
    page.row("KMS", kms.toString());
    page.row("nonce", assessment.nonce().hex());
    assessment.transportKey().ifPresent(key -> page.row("transport key", key.value().hex()));
    CheckTable.write(page, checks);
    assessment.evidence().ifPresent(evidence -> EvidenceText.write(page, evidence));
    page.notes(warnings());
  }

  private String headline() {
    String under = anchor.isIntel() ? "" : " (under a root that is NOT Intel's)";
    return switch (assessment.verdict()) {
      case ACCEPTED ->
          expectations.measurements().isEmpty()
              ? "GENUINE%s: a TDX VM of an allowed status answers; no measurement was compared"
                  .formatted(under)
              : "ACCEPTED%s: the KMS is genuine, fresh and as expected".formatted(under);
      case NOT_ALLOWED -> "NOT ALLOWED" + under;
      case REJECTED -> "REJECTED";
      case UNDECIDED -> "NO VERDICT";
    };
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    switch (assessment.verdict()) {
      case ACCEPTED, NOT_ALLOWED -> node.put("verified", true);
      case REJECTED -> node.put("verified", false);
      case UNDECIDED -> node.putNull("verified");
    }
    node.put("accepted", assessment.verdict() == Verdict.ACCEPTED);
    assessment
        .evidence()
        .ifPresentOrElse(
            evidence -> {
              node.put("tcbStatus", evidence.tcb().status().text());
              node.put("statusAllowed", expectations.statuses().contains(evidence.tcb().status()));
              node.set("advisoryIds", Json.texts(evidence.tcb().advisoryIds()));
            },
            () -> {
              node.putNull("tcbStatus");
              node.putNull("statusAllowed");
              node.putArray("advisoryIds");
            });
    Json.put(node, "failure", failure());
    node.put("kms", kms.toString());
    node.put("nonce", assessment.nonce().hex());
    node.put("binding", assessment.binding().hex());
    node.put("transportKey", assessment.transportKey().map(key -> key.value().hex()).orElse(null));
    node.put("collateralSource", source);
    node.set("root", EvidenceJson.root(anchor));
    CheckTable.put(node, assessment.checks(), assessment.stop());
    assessment.evidence().ifPresent(evidence -> EvidenceJson.put(node, evidence));
    node.set("warnings", Json.texts(warnings()));
    node.set("quote", assessment.quote().map(QuoteJson::of).orElse(null));
    return node;
  }
}
