package network.calimero.tee.simulator.releases;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An attestation policy as a release publishes it (policy-and-releases.md, "Attestation policy"),
 * with the measurements of simulated machines.
 */
public final class SimulatedPolicy {
  private static final String STATUSES = "allowed_tcb_statuses";
  private static final String COMPOSE_HASHES = "kms_allowed_event_payload";

  private final ReleaseFacts facts;
  private final String profile;
  private final ObjectNode root = Json.object();
  private final ObjectNode policy;

  SimulatedPolicy(ReleaseFacts facts, String profile) {
    this.facts = facts;
    this.profile = profile;
    root.put("schema_version", 1).put("role", "kms").put("profile", profile);
    facts.origin(root);
    ObjectNode source = root.putObject("source");
    source.put("repository", ReleaseFacts.REPOSITORY).put("workflow", "Release mero-kms");
    source.put("ref", "refs/heads/master");
    root.put("policy_registry_entry_path", "release-probe+node");
    ObjectNode markers = root.putObject("measurement_markers");
    markers.put("kms_role", "calimero.role=kms").put("node_role", "calimero.role=node");
    markers.put("node_profile_key", "calimero.profile");
    markers.put("node_root_hash_key", "calimero.root_hash");
    describeKms();
    policy = root.putObject("policy");
    addLists();
    root.put("merod_config_path", facts.generation().configPath());
    facts.kms().getOrDefault(profile, List.of()).forEach(this::acceptKms);
    facts.nodes().getOrDefault(profile, List.of()).forEach(this::acceptNode);
  }

  /** A policy of generation A that accepts nobody yet. */
  public static SimulatedPolicy of(String version, String profile) {
    return new SimulatedPolicy(ReleaseBuilder.emptyFacts(version), profile);
  }

  private void describeKms() {
    byte[] text = (facts.generation().provider() + "-attest-v1").getBytes(StandardCharsets.UTF_8);
    byte[] binding = Hash.sha256(text);
    ObjectNode kms = root.putObject("kms");
    kms.put("provider", facts.generation().provider()).put("attest_endpoint", "/attest");
    reportDataLayout(kms);
    kms.put("default_binding_hex", Bytes.hex(binding));
    kms.put("default_binding_b64", Base64.getEncoder().encodeToString(binding));
  }

  /** What a key server's quote is over, in policies and manifests. */
  static void reportDataLayout(ObjectNode parent) {
    ObjectNode layout = parent.putObject("report_data_layout");
    layout.put("bytes_0_31", "nonce");
    layout.put("bytes_32_63", "binding_or_default_domain_separator");
  }

  private void addLists() {
    for (String role : List.of("kms_", "node_")) {
      addLists(role);
    }
    if (facts.generation().phala()) {
      ArrayNode hashes = policy.putArray(COMPOSE_HASHES);
      if (facts.composeHashes().containsKey(profile)) {
        hashes.add(facts.composeHashes().get(profile));
      }
      // The seeds' merod knows no other lists.
      addLists("");
    }
  }

  private void addLists(String prefix) {
    Json.addAll(policy.putArray(prefix + STATUSES), facts.tcbStatuses());
    Registers.LISTS.forEach(list -> policy.putArray(prefix + list));
  }

  /** Accepts nodes with the measurements of a machine, too. */
  public SimulatedPolicy acceptNode(SimulatedTdxMachine machine) {
    return acceptNode(Registers.of(machine));
  }

  /** Accepts key servers with the measurements of a machine, too. */
  public SimulatedPolicy acceptKms(SimulatedTdxMachine machine) {
    return acceptKms(Registers.of(machine));
  }

  private SimulatedPolicy acceptNode(Registers registers) {
    return accept("node_", registers);
  }

  private SimulatedPolicy acceptKms(Registers registers) {
    if (facts.generation().phala()) {
      accept("", registers);
    }
    return accept("kms_", registers);
  }

  private SimulatedPolicy accept(String prefix, Registers registers) {
    for (int i = 0; i < Registers.LISTS.size(); i++) {
      ArrayNode list = policy.withArrayProperty(prefix + Registers.LISTS.get(i));
      String value = registers.values().get(i);
      if (list.valueStream().noneMatch(known -> known.stringValue().equals(value))) {
        list.add(value);
      }
    }
    return this;
  }

  /** The tag of its release. */
  public String tag() {
    return facts.kmsTag();
  }

  /** The name of its file there. */
  public String asset() {
    return facts.policyAsset(profile);
  }

  /** The file. */
  public byte[] json() {
    return Json.bytes(root);
  }
}
