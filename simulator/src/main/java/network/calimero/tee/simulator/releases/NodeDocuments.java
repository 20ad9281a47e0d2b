package network.calimero.tee.simulator.releases;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The files of a node image release (policy-and-releases.md, "mero-tee-vX.Y.Z"). */
record NodeDocuments(ReleaseFacts facts, Assets assets) {
  static final String PUBLISHED = "published-mrtds.json";
  private static final String PROVENANCE = "release-provenance.json";
  private static final String SBOM = "node-image-gcp-release-sbom.spdx.json";
  private static final String CHECKSUMS = "node-image-gcp-checksums.txt";

  /** All of them by name. */
  static final List<String> NAMES = List.of(PUBLISHED, PROVENANCE, SBOM, CHECKSUMS);

  void make() {
    ObjectNode published = published();
    assets.put(PUBLISHED, Json.bytes(published));
    assets.put(PROVENANCE, Json.bytes(provenance(published)));
    assets.put(SBOM, sbom("node-image-gcp-" + facts.version()));
    assets.put(CHECKSUMS, assets.checksums(List.of(PUBLISHED, PROVENANCE, SBOM)));
  }

  private ObjectNode published() {
    ObjectNode root = Json.object();
    root.put("role", "node").put("tag", facts.version());
    root.put("generated_at", facts.madeAt().toString());
    ObjectNode markers = root.putObject("measurement_markers");
    markers.put("role", "calimero.role=node").put("profile_key", "calimero.profile");
    markers.put("root_hash_key", "calimero.root_hash");
    ObjectNode profiles = root.putObject("profiles");
    for (String profile : ReleaseFacts.PROFILES) {
      List<Registers> accepted = facts.nodes(profile);
      ObjectNode lists = profiles.putObject(profile).put("mrtd", accepted.getFirst().mrtd());
      for (int i = 0; i < Registers.LISTS.size(); i++) {
        int register = i;
        List<String> values = accepted.stream().map(r -> r.values().get(register)).toList();
        Json.addAll(lists.putArray(Registers.LISTS.get(i)), values);
      }
      Json.addAll(lists.putArray("allowed_tcb_statuses"), facts.tcbStatuses());
    }
    return root;
  }

  private ObjectNode provenance(ObjectNode published) {
    ObjectNode root = Json.object().put("role", "node");
    facts.origin(root);
    ObjectNode compatibility = root.putObject("compatibility").put("version", facts.version());
    compatibility.put("kms_tag", facts.kmsTag()).put("node_image_tag", facts.nodeTag());
    compatibility.put("kms_policy_url", facts.kmsUrl(facts.policyAsset("")));
    compatibility.put("node_policy_url", facts.nodePolicyUrl());
    ObjectNode profiles = root.putObject("profiles");
    for (String profile : ReleaseFacts.PROFILES) {
      ObjectNode entry = profiles.putObject(profile);
      String version = facts.version().replace('.', '-');
      String image = "merotee-ubuntu-questing-25-10-" + profile + "-" + version;
      entry.putObject("image").put("name", image);
      ObjectNode verification = entry.putObject("external_verification");
      verification.put("status", "performed");
      verification.put("mrtd", facts.nodes(profile).getFirst().mrtd());
    }
    root.set("mrtds", published);
    root.set("measurement_policy", published);
    return root;
  }

  /** A bill of materials that lists nothing (SPDX 2.3). */
  static byte[] sbom(String name) {
    ObjectNode root = Json.object().put("spdxVersion", "SPDX-2.3").put("dataLicense", "CC0-1.0");
    root.put("SPDXID", "SPDXRef-DOCUMENT").put("name", name);
    root.put("documentNamespace", "https://simulator.invalid/spdx/" + name);
    root.putArray("packages");
    return Json.bytes(root);
  }
}
