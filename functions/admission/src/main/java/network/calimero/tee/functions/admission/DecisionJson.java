package network.calimero.tee.functions.admission;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.release.asset.NodeAssets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts as answers have them. */
final class DecisionJson {
  private static final String OPEN =
      "local development: this function is open, anybody may have asked; never let a decision of it"
          + " count";

  private DecisionJson() {}

  static ObjectNode of(Decision decision, Caller caller, boolean simulated) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("admitted", decision.admitted());
    json.put("assurance", decision.assurance().map(Assurance::text).orElse(null));
    putReasons(json.putArray("reasons"), decision.reasons());
    putReasons(json.putArray("limited_by"), decision.limits());
    json.put("peer_id", decision.registration().peerId());
    json.put("challenge", decision.registration().challenge().orElse(null));
    putMatch(json, decision.match());
    putEvidence(json, decision.evidence());
    json.put("decided_at", decision.decidedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put(
        "expires_at",
        decision.expiresAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null));
    json.put("caller_proof", caller.proof().name().toLowerCase(Locale.ROOT));
    if (AllowedCallers.isOpen(caller.proof())) {
      json.put("warning", OPEN);
    }
    if (simulated) {
      json.put("simulated", true);
    }
    return json;
  }

  private static void putReasons(ArrayNode list, List<Reason> reasons) {
    for (Reason reason : reasons) {
      list.addObject()
          .put("code", reason.code().text())
          .put("subject", reason.subject())
          .put("text", reason.text())
          .put("advice", reason.code().advice());
    }
  }

  private static void putMatch(ObjectNode json, Match match) {
    json.put("release", match.cohort().map(Cohort::tag).orElse(null));
    json.put("profile", match.profile().map(Profile::text).orElse(null));
    if (match.cohort().isEmpty()) {
      json.putNull("policy");
      return;
    }
    json.putObject("policy")
        .put("tag", match.cohort().get().tag())
        .put("asset", NodeAssets.PUBLISHED_MRTDS.name())
        .put("sha256", match.cohort().get().document().toString());
  }

  private static void putEvidence(ObjectNode json, Optional<VerifiedQuote> evidence) {
    json.put("tcb_status", evidence.map(it -> it.tcb().status().text()).orElse(null));
    ArrayNode advisories = json.putArray("advisory_ids");
    evidence.ifPresent(it -> it.tcb().advisoryIds().forEach(advisories::add));
    if (evidence.isEmpty() || !(evidence.get().quote().body() instanceof TdReport report)) {
      json.putNull("measurements");
      return;
    }
    ObjectNode measurements = json.putObject("measurements");
    for (Register register : Register.values()) {
      measurements.put(register.name().toLowerCase(Locale.ROOT), register.in(report).hex());
    }
  }

  static Schema schema() {
    Schema reasons =
        Schema.list(
            Schema.object()
                .required("code", Schema.choice(codes()))
                .required("subject", Schema.text())
                .required("text", Schema.text())
                .required("advice", Schema.text())
                .named("AdmissionReason"));
    return Schema.object()
        .required("admitted", Schema.flag())
        .required(
            "assurance",
            Schema.choice(Arrays.stream(Assurance.values()).map(Assurance::text).toList()).orNull())
        .required("reasons", reasons.describedAs("Why not; none if admitted."))
        .required("limited_by", reasons.describedAs("Why the evidence is not worth more."))
        .required("peer_id", Schema.text())
        .required("challenge", Schema.text().orNull())
        .required("release", Schema.text().orNull())
        .required("profile", Schema.choice(profiles()).orNull())
        .required("policy", policy().orNull())
        .required("tcb_status", Schema.choice(statuses()).orNull())
        .required("advisory_ids", Schema.list(Schema.text()))
        .required("measurements", measurements().orNull())
        .required("decided_at", Schema.text())
        .required("expires_at", Schema.text().orNull())
        .required("caller_proof", Schema.choice(proofs()))
        .optional("warning", Schema.text())
        .optional("simulated", Schema.flag())
        .named("AdmissionDecision");
  }

  /** An answer that is no verdict, of the same status as one. */
  static Schema noVerdict() {
    return Schema.object()
        .required("error", Schema.text())
        .required("code", Schema.text())
        .optional("admitted", Schema.nothing())
        .optional("simulated", Schema.flag());
  }

  private static Schema policy() {
    return Schema.object()
        .required("tag", Schema.text())
        .required("asset", Schema.text())
        .required("sha256", Schema.hex(32));
  }

  private static Schema measurements() {
    Schema all = Schema.object();
    for (Register register : Register.values()) {
      all = all.required(register.name().toLowerCase(Locale.ROOT), Schema.hex(48));
    }
    return all;
  }

  private static List<String> codes() {
    return Arrays.stream(ReasonCode.values()).map(ReasonCode::text).toList();
  }

  private static List<String> profiles() {
    return Arrays.stream(Profile.values()).map(Profile::text).toList();
  }

  private static List<String> statuses() {
    return Arrays.stream(TcbStatus.values()).map(TcbStatus::text).toList();
  }

  private static List<String> proofs() {
    return Arrays.stream(Caller.Proof.values())
        .map(proof -> proof.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
