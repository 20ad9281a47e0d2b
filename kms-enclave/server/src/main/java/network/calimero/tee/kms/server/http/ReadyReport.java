package network.calimero.tee.kms.server.http;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether keys can be released right now, and what of (kms-config.md, readiness). Anyone can read
 * it, so it holds no local paths.
 *
 * @param reasons why not; empty if they can
 * @param parts policy, backend and collateral, each with its facts
 */
public record ReadyReport(List<String> reasons, ObjectNode parts) {

  /** Keeps copies. */
  public ReadyReport {
    reasons = List.copyOf(reasons);
    parts = parts.deepCopy();
  }

  /** Whether nothing stands against it. */
  public boolean ready() {
    return reasons.isEmpty();
  }

  ObjectNode json() {
    ObjectNode json = JsonMapper.shared().createObjectNode().put("ready", ready());
    ArrayNode list = json.putArray("reasons");
    reasons.forEach(list::add);
    json.setAll(parts);
    return json;
  }
}
