package network.calimero.tee.simulator.releases;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all documents of a release agree on.
 *
 * @param madeAt whole seconds
 * @param composeHashes by profile; none for those that name none
 * @param programSize in bytes
 */
record ReleaseFacts(
    String version,
    ReleaseGeneration generation,
    Instant madeAt,
    String commit,
    List<String> tcbStatuses,
    Map<String, List<Registers>> kms,
    Map<String, String> composeHashes,
    Map<String, List<Registers>> nodes,
    int programSize) {
  static final String REPOSITORY = "calimero-network/mero-tee";
  static final String LOCKED = "locked-read-only";
  static final List<String> PROFILES = List.of("debug", "debug-read-only", LOCKED);

  private static final String DOWNLOADS =
      "https://github.com/" + REPOSITORY + "/releases/download/";

  String kmsTag() {
    return ReleaseFamily.KMS.tag(version);
  }

  String nodeTag() {
    return ReleaseFamily.NODE.tag(version);
  }

  String kmsUrl(String asset) {
    return DOWNLOADS + kmsTag() + "/" + asset;
  }

  String nodePolicyUrl() {
    return DOWNLOADS + nodeTag() + "/" + NodeDocuments.PUBLISHED;
  }

  List<Registers> kms(String profile) {
    return Objects.requireNonNull(kms.get(profile));
  }

  List<Registers> nodes(String profile) {
    return Objects.requireNonNull(nodes.get(profile));
  }

  /** The name of a profile's policy, or of the one without a profile if that is empty. */
  String policyAsset(String profile) {
    String middle = profile.isEmpty() ? "" : "." + profile;
    return generation.asset("attestation-policy" + middle + ".json");
  }

  /** The digest of a profile's container, as registries write it. */
  String containerDigest(String profile) {
    return "sha256:" + Bytes.hex(Hash.sha256(Hash.sha384(version + "/container/" + profile)));
  }

  /** Where it was made: tag, commit, run and time, at the top of a document. */
  void origin(ObjectNode document) {
    document.put("tag", version).put("commit_sha", commit);
    run(document);
  }

  /** The run of the workflow, and when. */
  void run(ObjectNode document) {
    document.put("workflow_run_id", "36245885595").put("workflow_run_attempt", "1");
    document.put("generated_at", madeAt.toString());
  }

  /** The image of a key server in generation C. */
  ObjectNode image(String profile) {
    ObjectNode image = Json.object();
    image.put("name", "merotee-kms-" + profile + "-" + version.replace('.', '-'));
    image.put("family", "merotee-kms-" + profile).put("project", "simulated-project");
    byte[] id = Hash.sha384(version + "/image/" + profile);
    return image.put("id", Long.toString(Bytes.littleEndian(Bytes.fit(id, 7))));
  }
}
