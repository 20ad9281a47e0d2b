package network.calimero.tee.simulator.releases;

import tools.jackson.databind.node.ObjectNode;

/** Which images belong together (policy-and-releases.md, "Compatibility map"). */
record CompatibilityMap(ReleaseFacts facts, Assets assets) {
  ObjectNode json() {
    ObjectNode root = Json.object().put("schema_version", 1).put("tag", facts.version());
    facts.run(root);
    ObjectNode compatibility = root.putObject("compatibility").put("version", facts.version());
    compatibility.putObject("roles").put("kms", "kms").put("node", "node");
    compatibility.put("kms_tag", facts.kmsTag());
    if (facts.generation().phala()) {
      compatibility.put("kms_policy_source_tag", facts.kmsTag());
    }
    compatibility.put("node_image_tag", facts.nodeTag());
    policy(compatibility, facts.policyAsset(""));
    ObjectNode profiles = compatibility.putObject("profiles");
    ReleaseFacts.PROFILES.forEach(profile -> profiles.set(profile, entry(profile)));
    return root;
  }

  private ObjectNode entry(String profile) {
    ObjectNode entry = facts.generation().phala() ? container(profile) : image(profile);
    entry.put("kms_role", "kms").put("kms_policy_asset", facts.policyAsset(profile));
    policy(entry, facts.policyAsset(profile));
    return entry.put("node_role", "node").put("node_profile", profile);
  }

  private ObjectNode container(String profile) {
    ObjectNode entry = Json.object().put("kms_image_tag", facts.version() + "-" + profile);
    entry.put("kms_image_digest", facts.containerDigest(profile));
    return entry.put("event_payload", facts.composeHashes().getOrDefault(profile, ""));
  }

  private ObjectNode image(String profile) {
    ObjectNode image = facts.image(profile);
    ObjectNode entry = Json.object().put("kms_image", image.get("name").stringValue());
    for (String field : new String[] {"family", "project", "id"}) {
      entry.put("kms_image_" + field, image.get(field).stringValue());
    }
    return entry;
  }

  private void policy(ObjectNode parent, String asset) {
    parent.put("kms_policy_url", facts.kmsUrl(asset));
    parent.put("node_policy_url", facts.nodePolicyUrl());
    parent.put("kms_policy_sha256", assets.sha256(asset));
  }
}
