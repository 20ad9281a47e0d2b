package network.calimero.tee.simulator.releases;

import java.util.Map;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the log has the signatures of a release, as far as its bundles tell. */
record RekorIndex(ReleaseFacts facts, Assets assets, boolean todaysBundles) {
  ObjectNode json(Map<String, SignedArtifact> signed) {
    ObjectNode root = Json.object().put("schema_version", 1).put("tag", facts.version());
    facts.run(root);
    ArrayNode entries = root.putArray("entries");
    signed.forEach((asset, signature) -> entry(entries.addObject(), asset, signature));
    return root;
  }

  private void entry(ObjectNode entry, String asset, SignedArtifact signed) {
    String hash = "sha256:" + assets.sha256(asset);
    entry.put("asset", asset).put("bundle_asset", asset + ".bundle.json").put("hash", hash);
    entry.put("sigstore_search_url", "https://search.sigstore.dev/?hash=" + hash);
    // Read from where only today's bundles have them.
    entry.put("log_index", known(Long.toString(signed.logIndex())));
    entry.put("integrated_time", known(Long.toString(signed.integratedTime().getEpochSecond())));
    entry.put("log_id", known(signed.logId()));
  }

  private String known(String value) {
    return todaysBundles ? value : "";
  }
}
