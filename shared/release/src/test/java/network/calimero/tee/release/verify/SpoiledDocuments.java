package network.calimero.tee.release.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;
import network.calimero.tee.simulator.releases.Registers;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import tools.jackson.databind.node.ObjectNode;

/** Documents that are signed, and wrong: of generations A and B. */
final class SpoiledDocuments extends SpoiledCases {

  SpoiledDocuments() {
    documents();
    agreement();
    policies();
    generationB();
    nodes();
  }

  private void documents() {
    add("truncated JSON", r -> r.resign(MANIFEST, Change::half));
    add("JSON with a key twice", r -> r.resign(MANIFEST, Change::twice));
    add("nested too deep", r -> r.resign(METADATA, json -> "[".repeat(5000).getBytes(UTF_8)));
    add("checksums that are none", r -> r.resign(CHECKSUMS, json -> "hello\n".getBytes(UTF_8)));
    add(
        "checksums that lead out of the folder",
        r -> r.resign(CHECKSUMS, text -> ("0".repeat(64) + "  ..\n").getBytes(UTF_8)));
    json("wrong tag in the manifest", MANIFEST, d -> d.put("tag", "2.3.41"));
    json("prefixed tag in the manifest", MANIFEST, d -> d.put("tag", "mero-kms-v2.3.40"));
    json("wrong tag in a policy", LOCKED, d -> d.put("tag", "2.3.39"));
    json("wrong tag in the map", MAP, d -> d.put("tag", "2.3.39"));
    put(
        "older release under a newer tag",
        Spoiled.of("2.3.40", () -> SimulatedRelease.of("2.3.39", ReleaseGeneration.A)));
    put(
        "version below the minimum",
        Spoiled.of("2.3.40", () -> release(ReleaseGeneration.A)).notBelow("2.3.41"));
  }

  private void json(String name, String asset, Consumer<ObjectNode> change) {
    add(name, r -> r.resignJson(asset, change));
  }

  private void agreement() {
    add("checksum drift", r -> r.resign(ARCHIVE, Change::longer));
    json(
        "manifest with another checksum",
        MANIFEST,
        d -> ((ObjectNode) d.get("binaries").get(0)).put("sha256", "0".repeat(64)));
    json("manifest without a binary", MANIFEST, d -> d.withArrayProperty("binaries").remove(0));
    json(
        "manifest that names another policy",
        MANIFEST,
        d -> d.withObjectProperty("verification").put("attestation_policy_asset", "other.json"));
    json("commit drift in a policy", LOCKED, d -> d.put("commit_sha", "0".repeat(40)));
    json("commit drift in the metadata", METADATA, d -> d.put("commit_sha", "0".repeat(40)));
    json(
        "container digest drift",
        METADATA,
        d -> d.withObjectProperty("container").put("digest", "sha256:" + "0".repeat(64)));
    build(
        "profiles of one container",
        ReleaseGeneration.A,
        b -> {
          b.changeJson(MANIFEST, SpoiledDocuments::oneContainer);
          b.changeJson(METADATA, SpoiledDocuments::oneContainer);
        });
    json(
        "map of another node release",
        MAP,
        d -> d.withObjectProperty("compatibility").put("node_image_tag", "mero-tee-v2.3.39"));
  }

  private static void oneContainer(ObjectNode document) {
    ObjectNode digests = document.withObjectProperty("container_profile_digests");
    digests.set("debug", digests.get("locked-read-only"));
  }

  private void policies() {
    json("policy for another role", LOCKED, d -> d.put("role", "node"));
    add("policy of another profile", r -> r.resign(LOCKED, json -> r.file(DEBUG)));
    json(
        "policy for another provider",
        LOCKED,
        d -> d.withObjectProperty("kms").put("provider", "mero-kms"));
    json(
        "empty list",
        LOCKED,
        d -> d.withObjectProperty("policy").withArrayProperty("kms_allowed_rtmr2").removeAll());
    json(
        "mistyped list",
        LOCKED,
        d -> d.withObjectProperty("policy").put("kms_allowed_rtmr2", "abc"));
    json(
        "measurement that is too short",
        LOCKED,
        d -> d.withObjectProperty("policy").withArrayProperty("kms_allowed_rtmr2").add("abcd"));
    json(
        "bindings that differ",
        LOCKED,
        d -> d.withObjectProperty("kms").put("default_binding_hex", "0".repeat(64)));
    Registers twin = Registers.named("dstack", "kernel", "image", "the same for both");
    build(
        "twin profiles",
        ReleaseGeneration.A,
        b -> b.kms("debug", twin).kms("debug-read-only", twin));
    build(
        "shared RTMR3",
        ReleaseGeneration.A,
        b -> {
          b.kms("debug", Registers.named("dstack", "kernel", "image", "shared"));
          b.node("debug", Registers.named("Google", "kernel", "image", "shared"));
        });
  }

  private void generationB() {
    add(
        "compose hash of one profile missing",
        ReleaseGeneration.B,
        r ->
            r.resignJson(
                DEBUG,
                d ->
                    d.withObjectProperty("policy")
                        .withArrayProperty("kms_allowed_event_payload")
                        .removeAll()));
    build(
        "profiles of one compose hash",
        ReleaseGeneration.B,
        b ->
            b.composeHash("debug", "1".repeat(64)).composeHash("locked-read-only", "1".repeat(64)));
  }

  private void nodes() {
    add(
        "checksum of a node file missing",
        r ->
            r.resign(
                NODE_CHECKSUMS,
                text ->
                    new String(text, UTF_8)
                        .lines()
                        .limit(2)
                        .map(line -> line + "\n")
                        .reduce("", String::concat)
                        .getBytes(UTF_8)));
    add("node SBOM of another release", r -> r.resign(NODE_SBOM, Change::longer));
    node(
        "measurements that nobody verified",
        PROVENANCE,
        d ->
            d.withObjectProperty("profiles")
                .withObjectProperty("debug")
                .withObjectProperty("external_verification")
                .put("status", "skipped"));
    node(
        "verified MRTD is another",
        PROVENANCE,
        d ->
            d.withObjectProperty("profiles")
                .withObjectProperty("debug")
                .withObjectProperty("external_verification")
                .put("mrtd", "0".repeat(96)));
    node("provenance of another release", PROVENANCE, d -> d.put("tag", "2.3.39"));
    node(
        "published lists without a value",
        PUBLISHED,
        d ->
            d.withObjectProperty("profiles").withObjectProperty("debug").putArray("allowed_rtmr1"));
  }

  private void node(String name, String asset, Consumer<ObjectNode> change) {
    build(name, ReleaseGeneration.A, b -> b.changeJson(asset, change));
  }
}
