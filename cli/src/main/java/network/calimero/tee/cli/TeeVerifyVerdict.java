package network.calimero.tee.cli;

import java.util.Locale;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.TdReport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code calimero-tee-verify} answers. */
final class TeeVerifyVerdict {
  private final ObjectNode json;

  private TeeVerifyVerdict(
      TeeVerifyRequest request, TdReport report, boolean genuine, TrustAnchor anchor) {
    boolean nonce = report.reportData().firstHalf().equals(request.nonce());
    boolean appHash = report.reportData().secondHalf().equals(request.appHash());
    json = Json.object();
    json.put("valid", genuine && nonce && appHash);
    json.put("quote_verified", genuine);
    json.put("nonce_verified", nonce);
    json.put("application_hash_verified", appHash);
    json.putNull("tcb_status").putArray("advisory_ids");
    json.putNull("tcb_evaluation_data_number");
    ObjectNode measurements = json.putObject("measurements");
    for (Register register : Register.values()) {
      measurements.put(register.name().toLowerCase(Locale.ROOT), register.in(report).hex());
    }
    if (!anchor.isIntel()) {
      json.put("root_is_intels", false);
    }
  }

  static TeeVerifyVerdict genuine(
      TeeVerifyRequest request, TdReport report, VerifiedQuote verified) {
    TeeVerifyVerdict verdict = new TeeVerifyVerdict(request, report, true, verified.anchor());
    verdict.json.put("tcb_status", verified.tcb().status().text());
    ArrayNode advisories = verdict.json.putArray("advisory_ids");
    verified.tcb().advisoryIds().forEach(advisories::add);
    verdict.json.put("tcb_evaluation_data_number", verified.collateral().tcbEvaluationDataNumber());
    return verdict;
  }

  /** What is wrong stands beside the rest, where the original has nothing. */
  static TeeVerifyVerdict refused(
      TeeVerifyRequest request, TdReport report, VerificationException e, TrustAnchor anchor) {
    TeeVerifyVerdict verdict = new TeeVerifyVerdict(request, report, false, anchor);
    if (e.code() == FailureCode.TCB_REVOKED) {
      verdict.json.put("tcb_status", TcbStatus.REVOKED.text());
    }
    verdict.json.put("failure", e.code().text());
    return verdict;
  }

  ObjectNode json() {
    return json;
  }
}
