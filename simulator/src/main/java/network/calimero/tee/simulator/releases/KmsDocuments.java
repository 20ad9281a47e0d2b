package network.calimero.tee.simulator.releases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of a key server's release (policy-and-releases.md, "mero-kms-vX.Y.Z"). */
record KmsDocuments(ReleaseFacts facts, Assets assets) {
  private static final String CONTAINER = "ghcr.io/calimero-network/mero-kms-phala";

  /** All but the index of the log, which needs signatures. */
  void make() {
    for (String archive : facts.generation().archives()) {
      assets.put(archive, Tar.gzip(Map.of("mero-kms", program(archive))));
    }
    assets.put(name("checksums.txt"), assets.checksums(facts.generation().archives()));
    for (String profile : ReleaseFacts.PROFILES) {
      SimulatedPolicy policy = new SimulatedPolicy(facts, profile);
      assets.put(policy.asset(), policy.json());
    }
    assets.put(facts.policyAsset(""), assets.get(facts.policyAsset(ReleaseFacts.LOCKED)));
    assets.put(map(), Json.bytes(new CompatibilityMap(facts, assets).json()));
    assets.put(manifest(), Json.bytes(manifestJson()));
    if (facts.generation().phala()) {
      assets.put(name("container-metadata.json"), Json.bytes(containerMetadata()));
      assets.put(name("container-sbom.spdx.json"), NodeDocuments.sbom("container"));
    }
    assets.put(name("binaries-sbom.spdx.json"), NodeDocuments.sbom("binaries"));
    assets.put(name("trust-bundle.tar.gz"), trustBundle());
  }

  /** The name of the index of the log. */
  String rekorIndex() {
    return name("rekor-index.json");
  }

  /** The name of the manifest. */
  String manifest() {
    return name("release-manifest.json");
  }

  private String map() {
    return name("compatibility-map.json");
  }

  private String name(String end) {
    return facts.generation().asset(end);
  }

  /** Bytes that do not compress, always the same for a name and a size. */
  private byte[] program(String name) {
    byte[] content = new byte[facts.programSize()];
    new Random(name.hashCode()).nextBytes(content);
    return content;
  }

  private ObjectNode manifestJson() {
    ObjectNode root = Json.object();
    facts.origin(root);
    ArrayNode binaries = root.putArray("binaries");
    for (String archive : facts.generation().archives()) {
      binaries.addObject().put("file", archive).put("sha256", assets.sha256(archive));
    }
    if (facts.generation().phala()) {
      root.set("container", container());
      root.set("container_profile_digests", containerDigests());
    } else {
      ObjectNode images = root.putObject("images");
      ReleaseFacts.PROFILES.forEach(profile -> images.set(profile, facts.image(profile)));
    }
    ObjectNode verification = root.putObject("verification").put("kms_attest_endpoint", "/attest");
    SimulatedPolicy.reportDataLayout(verification);
    verification.put("attestation_policy_asset", facts.policyAsset(""));
    ObjectNode policies = verification.putObject("policy_profile_assets");
    ReleaseFacts.PROFILES.forEach(profile -> policies.put(profile, facts.policyAsset(profile)));
    if (facts.generation().phala()) {
      verification.put("container_metadata_asset", name("container-metadata.json"));
    } else {
      verification.put("compatibility_map_asset", map());
    }
    verification.putObject("rekor").put("index_asset", rekorIndex());
    return root;
  }

  private ObjectNode container() {
    String digest = facts.containerDigest(ReleaseFacts.LOCKED);
    return Json.object().put("image", CONTAINER).put("digest", digest);
  }

  private ObjectNode containerDigests() {
    ObjectNode digests = Json.object();
    ReleaseFacts.PROFILES.forEach(p -> digests.put(p, facts.containerDigest(p)));
    return digests;
  }

  private ObjectNode containerMetadata() {
    ObjectNode root = Json.object().put("schema_version", 1);
    facts.origin(root);
    ObjectNode container = container();
    container.putArray("tags").add(CONTAINER + ":" + facts.version());
    root.set("container", container);
    root.set("container_profile_digests", containerDigests());
    return root.put("compatibility_map_asset", map());
  }

  private byte[] trustBundle() {
    List<String> names = new ArrayList<>(List.of(name("checksums.txt"), manifest()));
    if (!facts.generation().phala()) {
      names.add(map());
    }
    names.add(facts.policyAsset(""));
    ReleaseFacts.PROFILES.forEach(profile -> names.add(facts.policyAsset(profile)));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("MANIFEST.txt", assets.checksums(names));
    names.forEach(name -> files.put(name, assets.get(name)));
    return Tar.gzip(files);
  }
}
