package network.calimero.tee.release.verify;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.releases.Registers;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import tools.jackson.databind.node.ObjectNode;

/** Documents that are signed, and wrong: of generation C. */
final class SpoiledClusters extends SpoiledCases {

  private static final String C_LOCKED = "kms-attestation-policy.locked-read-only.json";
  private static final String C_MAP = "kms-compatibility-map.json";
  private static final String C_INDEX = "kms-rekor-index.json";
  private static final String C_BUNDLE = "kms-trust-bundle.tar.gz";

  SpoiledClusters() {
    generationC();
  }

  private void generationC() {
    cluster(
        "compose hashes in a cluster's policy",
        C_LOCKED,
        d -> d.withObjectProperty("policy").putArray("kms_allowed_event_payload"));
    cluster(
        "cluster without uptodate",
        C_LOCKED,
        d -> d.withObjectProperty("policy").putArray("node_allowed_tcb_statuses").add("outofdate"));
    cluster(
        "binding of another generation",
        C_LOCKED,
        d -> {
          ObjectNode kms = d.withObjectProperty("kms");
          kms.put("default_binding_hex", "0".repeat(64))
              .put("default_binding_b64", "A".repeat(43) + "=");
        });
    cluster(
        "other place in the configuration",
        C_LOCKED,
        d -> d.put("merod_config_path", "tee.kms.phala.attestation"));
    cluster(
        "un-profiled policy that is another",
        "kms-attestation-policy.json",
        d -> d.put("generated_at", "2026-01-01T00:00:00Z"));
    cluster(
        "map with another policy digest",
        C_MAP,
        d -> profile(d, "debug").put("kms_policy_sha256", "0".repeat(64)));
    cluster(
        "map with another image",
        C_MAP,
        d -> profile(d, "debug").put("kms_image", "merotee-kms-debug-2-3-111"));
    cluster(
        "index with another digest",
        C_INDEX,
        d -> ((ObjectNode) d.get("entries").get(0)).put("hash", "sha256:" + "0".repeat(64)));
    cluster("index without a file", C_INDEX, d -> d.withArrayProperty("entries").remove(0));
    cluster(
        "image of another profile",
        "kms-release-manifest.json",
        d -> {
          ObjectNode images = d.withObjectProperty("images");
          images.set("debug", images.get("locked-read-only"));
        });
    bundle(
        "trust bundle of another release",
        content -> SimulatedRelease.of("2.3.111", ReleaseGeneration.C).file(C_BUNDLE));
    bundle("trust bundle that is none", Change::half);
    build(
        "shared RTMR2",
        ReleaseGeneration.C,
        b -> {
          b.kms("debug", Registers.named("Google", "kernel", "shared", "kms"));
          b.node("debug", Registers.named("Google", "kernel", "shared", "node"));
        });
  }

  private void bundle(String name, UnaryOperator<byte[]> change) {
    build(name, ReleaseGeneration.C, b -> b.change(C_BUNDLE::equals, change));
  }

  private void cluster(String name, String asset, Consumer<ObjectNode> change) {
    // Before others refer to it, so that no digest of it is wrong; the index and the map have none.
    build(name, ReleaseGeneration.C, b -> b.changeJson(asset, change));
  }

  private static ObjectNode profile(ObjectNode map, String profile) {
    return map.withObjectProperty("compatibility")
        .withObjectProperty("profiles")
        .withObjectProperty(profile);
  }
}
