package network.calimero.tee.simulator.releases;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An attestation policy as a release publishes it (policy-and-releases.md, "Attestation policy"),
 * with the measurements of simulated machines.
 */
public final class SimulatedPolicy {
  private static final List<String> REGISTERS =
      List.of("allowed_mrtd", "allowed_rtmr0", "allowed_rtmr1", "allowed_rtmr2", "allowed_rtmr3");

  private final String version;
  private final String profile;
  private final ObjectNode root = JsonMapper.shared().createObjectNode();
  private final ObjectNode policy;

  private SimulatedPolicy(String version, String profile) {
    this.version = version;
    this.profile = profile;
    root.put("schema_version", 1).put("role", "kms").put("profile", profile).put("tag", version);
    root.put("commit_sha", "0".repeat(40)).put("generated_at", "2026-01-01T00:00:00Z");
    policy = root.putObject("policy");
    for (String role : List.of("kms_", "node_")) {
      policy.putArray(role + "allowed_tcb_statuses").add("uptodate");
      REGISTERS.forEach(register -> policy.putArray(role + register));
    }
    policy.putArray("kms_allowed_event_payload");
  }

  /** A policy that accepts nobody yet. */
  public static SimulatedPolicy of(String version, String profile) {
    return new SimulatedPolicy(version, profile);
  }

  /** Accepts nodes with the measurements of a machine, too. */
  public SimulatedPolicy acceptNode(SimulatedTdxMachine machine) {
    return accept("node_", machine);
  }

  /** Accepts key servers with the measurements of a machine, too. */
  public SimulatedPolicy acceptKms(SimulatedTdxMachine machine) {
    return accept("kms_", machine);
  }

  private SimulatedPolicy accept(String role, SimulatedTdxMachine machine) {
    list(role + "allowed_mrtd").add(HexFormat.of().formatHex(machine.mrTd()));
    for (int register = 0; register < REGISTERS.size() - 1; register++) {
      list(role + "allowed_rtmr" + register).add(HexFormat.of().formatHex(machine.rtmr(register)));
    }
    return this;
  }

  private ArrayNode list(String name) {
    return policy.withArrayProperty(name);
  }

  /** The tag of its release. */
  public String tag() {
    return "mero-kms-v" + version;
  }

  /** The name of its file there. */
  public String asset() {
    return "kms-phala-attestation-policy." + profile + ".json";
  }

  /** The file. */
  public byte[] json() {
    return root.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }
}
