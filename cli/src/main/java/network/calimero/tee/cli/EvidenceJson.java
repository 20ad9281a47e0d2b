package network.calimero.tee.cli;

import network.calimero.tee.dcap.CollateralSummary;
import network.calimero.tee.dcap.Platform;
import network.calimero.tee.dcap.Shortfall;
import network.calimero.tee.dcap.TcbEvaluation;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifiedQuote;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proven evidence for programs: status, platform, collateral. */
final class EvidenceJson {
  private EvidenceJson() {}

  static ObjectNode root(TrustAnchor anchor) {
    ObjectNode node = Json.object();
    node.put("name", anchor.name());
    node.put("sha256", anchor.fingerprint());
    node.put("intel", anchor.isIntel());
    return node;
  }

  static void put(ObjectNode node, VerifiedQuote evidence) {
    node.set("tcb", tcb(evidence.tcb()));
    node.set("platform", platform(evidence.platform()));
    node.set("collateral", collateral(evidence.collateral()));
  }

  private static ObjectNode tcb(TcbEvaluation tcb) {
    ObjectNode node = Json.object();
    node.put("status", tcb.status().text());
    node.put("date", tcb.date().toString());
    node.put("platform", tcb.platform().text());
    node.put("quotingEnclave", tcb.quotingEnclave().text());
    node.put("tdxModule", tcb.tdxModule().map(TcbStatus::text).orElse(null));
    node.put("current", tcb.current().map(TcbStatus::text).orElse(null));
    ArrayNode shortfalls = node.putArray("shortfalls");
    for (Shortfall shortfall : tcb.shortfalls()) {
      ObjectNode entry = shortfalls.addObject();
      entry.put("part", shortfall.part().name());
      entry.put("item", shortfall.item());
      if (shortfall.needed() >= 0) {
        entry.put("found", shortfall.found());
        entry.put("needed", shortfall.needed());
      }
      entry.put("text", shortfall.text());
      entry.put("remedy", shortfall.part().remedy());
    }
    return node;
  }

  private static ObjectNode platform(Platform platform) {
    ObjectNode node = Json.object();
    node.put("fmspc", platform.fmspc().hex());
    node.put("ppid", platform.ppid().hex());
    node.put("pceId", platform.pceId().hex());
    node.put("pckCa", platform.issuer().name());
    node.put("pceSvn", platform.pceSvn());
    ArrayNode components = node.putArray("sgxComponents");
    platform.sgxComponents().forEach(components::add);
    return node;
  }

  private static ObjectNode collateral(CollateralSummary collateral) {
    ObjectNode node = Json.object();
    node.put("tcbEvaluationDataNumber", collateral.tcbEvaluationDataNumber());
    node.put("tcbInfoIssued", collateral.tcbInfoIssued().toString());
    node.put("tcbInfoNextUpdate", collateral.tcbInfoNextUpdate().toString());
    node.put("qeEvaluationDataNumber", collateral.qeEvaluationDataNumber());
    node.put("qeIdentityIssued", collateral.qeIdentityIssued().toString());
    node.put("qeIdentityNextUpdate", collateral.qeIdentityNextUpdate().toString());
    node.put("rootCrlNumber", collateral.rootCrlNumber());
    node.put("earliestExpiry", collateral.earliestExpiry().toString());
    return node;
  }
}
