package network.calimero.tee.release.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.policy.release.PolicyDocumentException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents without weaknesses worth a warning, for tests to add one to. */
public final class PolicyText {
  private static final List<String> REGISTERS = List.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3");

  private PolicyText() {}

  /** 96 digits that differ by name. */
  public static String value(String name) {
    String hash = Sha256.of(name).hex();
    return hash + hash.substring(0, 32);
  }

  /** An attestation policy of a release on Phala, generation B. */
  public static ObjectNode policy(String tag, String profile) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("schema_version", 1).put("role", "kms").put("profile", profile).put("tag", tag);
    node.put("commit_sha", "5".repeat(40)).put("generated_at", "2026-01-01T00:00:00Z");
    ObjectNode kms = node.putObject("kms");
    kms.put("provider", "mero-kms-phala").put("attest_endpoint", "/attest");
    kms.put("default_binding_hex", DefaultBinding.PHALA.hex());
    kms.put("default_binding_b64", DefaultBinding.PHALA.base64());
    ObjectNode lists = node.putObject("policy");
    lists(lists, "kms_", "kms", profile);
    lists.putArray("kms_allowed_event_payload").add(Sha256.of("compose " + profile).hex());
    lists(lists, "node_", "node", profile);
    lists(lists, "", "kms", profile);
    node.put("merod_config_path", "tee.kms.phala.attestation");
    return node;
  }

  /** The same of generation C. */
  public static ObjectNode clusterPolicy(String tag, String profile) {
    ObjectNode node = policy(tag, profile);
    ObjectNode kms = (ObjectNode) node.path("kms");
    kms.put("provider", "mero-kms");
    kms.put("default_binding_hex", DefaultBinding.CLUSTER.hex());
    kms.put("default_binding_b64", DefaultBinding.CLUSTER.base64());
    lists(node).remove("kms_allowed_event_payload");
    return node.put("merod_config_path", "tee.kms.attestation");
  }

  /** What a node release publishes. */
  public static ObjectNode published(String tag) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("role", "node").put("tag", tag).put("generated_at", "2026-01-01T00:00:00Z");
    node.put("commit_sha", "5".repeat(40)).put("workflow_run_id", "1");
    ObjectNode profiles = node.putObject("profiles");
    for (String profile : List.of("debug", "debug-read-only", "locked-read-only")) {
      ObjectNode lists = profiles.putObject(profile);
      lists(lists, "", "node", profile);
      lists.put("mrtd", value("node mrtd"));
    }
    return node;
  }

  /** A KMS policy of the registry. */
  public static ObjectNode registry(String tag) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("schema_version", 2).put("policy_id", "kms-phala/" + tag).put("release_tag", tag);
    node.put("status", "approved").putObject("source").put("run_id", "1");
    lists(node.putObject("policy"), "", "kms", "locked-read-only");
    lists(node.putObject("candidate_policy"), "", "kms", "locked-read-only");
    return node;
  }

  /** Profiles share firmware and kernel, nothing else. */
  private static void lists(ObjectNode lists, String prefix, String role, String profile) {
    lists.putArray(prefix + "allowed_tcb_statuses").add("uptodate");
    for (String register : REGISTERS) {
      boolean own = register.equals("rtmr2") || register.equals("rtmr3");
      String value = value(role + " " + register + (own ? " " + profile : ""));
      lists.putArray(prefix + "allowed_" + register).add(value);
    }
  }

  /** The object with the lists. */
  public static ObjectNode lists(ObjectNode document) {
    return (ObjectNode) document.path("policy");
  }

  /** One of those lists, emptied and filled again. */
  public static ArrayNode list(ObjectNode lists, String name, String... values) {
    ArrayNode list = lists.putArray(name);
    for (String value : values) {
      list.add(value);
    }
    return list;
  }

  /** With a change. */
  public static ObjectNode with(ObjectNode document, Consumer<ObjectNode> change) {
    change.accept(document);
    return document;
  }

  public static Bytes bytes(ObjectNode document) {
    return Bytes.of(document.toString().getBytes(UTF_8));
  }

  /** Read for review. */
  public static PolicyFile file(String name, ObjectNode document) throws PolicyDocumentException {
    return PolicyFile.read(name, bytes(document));
  }
}
