package network.calimero.tee.release.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proposal for a policy, made of what machines proved (policy-and-releases.md, "Policy
 * candidates"): one value per register, taken from their quotes, and the TCB statuses that somebody
 * declares. It says of itself that it is a candidate, so no KMS loads it before people made a
 * policy of it.
 *
 * @param version the release it is meant for
 * @param commit what the probed images were built from, if it is known
 * @param statuses declared, at least one, in the order given; never Revoked
 * @param probes one or two, of different roles
 */
public record PolicyCandidate(
    ReleaseVersion version,
    Profile profile,
    Optional<String> commit,
    Instant madeAt,
    Set<TcbStatus> statuses,
    List<Probe> probes) {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final ReleaseVersion CLUSTER = new ReleaseVersion(2, 3, 75);

  /** Checks and copies. */
  public PolicyCandidate {
    if (statuses.isEmpty() || statuses.contains(TcbStatus.REVOKED)) {
      throw new IllegalArgumentException("name at least one TCB status, and not Revoked");
    }
    statuses = new LinkedHashSet<>(statuses);
    probes = List.copyOf(probes);
    if (probes.isEmpty() || probes.stream().map(Probe::role).distinct().count() < probes.size()) {
      throw new IllegalArgumentException("one probe of each role");
    }
  }

  /** The declared statuses, in the order given. */
  @Override
  public Set<TcbStatus> statuses() {
    return new LinkedHashSet<>(statuses);
  }

  /** The probes whose own status is not among the declared ones. */
  public List<Probe> outside() {
    return probes.stream()
        .filter(probe -> !statuses.contains(probe.evidence().tcb().status()))
        .toList();
  }

  /** As a document for reviewers. */
  public ObjectNode json() {
    ObjectNode node = PRETTY.createObjectNode();
    node.put("schema_version", 1).put("status", "candidate").put("role", "kms");
    node.put("profile", profile.text()).put("tag", version.toString());
    commit.ifPresent(sha -> node.put("commit_sha", sha));
    node.put("generated_at", madeAt.truncatedTo(ChronoUnit.SECONDS).toString());
    putKms(node.putObject("kms"));
    ObjectNode policy = node.putObject("policy");
    ObjectNode observed = node.putObject("observed");
    for (Probe probe : probes) {
      putLists(policy, prefix(probe), probe);
      observed.set(probe.role().toString(), observation(probe));
    }
    if (!isCluster() && probes.size() > 1) {
      // Without lists for nodes of their own these would stand for them too, and let in KMSs.
      probes.stream()
          .filter(probe -> probe.role() == Role.KMS)
          .forEach(probe -> putLists(policy, "", probe));
    }
    node.put(
        "merod_config_path", isCluster() ? "tee.kms.attestation" : "tee.kms.phala.attestation");
    return node;
  }

  private boolean isCluster() {
    return version.compareTo(CLUSTER) >= 0;
  }

  private void putKms(ObjectNode kms) {
    DefaultBinding binding = isCluster() ? DefaultBinding.CLUSTER : DefaultBinding.PHALA;
    kms.put("provider", isCluster() ? "mero-kms" : "mero-kms-phala");
    kms.put("attest_endpoint", "/attest");
    kms.put("default_binding_hex", binding.hex()).put("default_binding_b64", binding.base64());
  }

  private static String prefix(Probe probe) {
    return probe.role() + "_";
  }

  private void putLists(ObjectNode policy, String prefix, Probe probe) {
    ArrayNode texts = policy.putArray(prefix + "allowed_tcb_statuses");
    statuses.forEach(status -> texts.add(status.text().toLowerCase(Locale.ROOT)));
    for (Register register : Register.values()) {
      String name = prefix + "allowed_" + register.name().toLowerCase(Locale.ROOT);
      policy.putArray(name).add(register.in(probe.report()).hex());
    }
    if (prefix.equals("kms_") && !isCluster()) {
      ArrayNode hashes = policy.putArray("kms_allowed_event_payload");
      probe.composeHash().map(Bytes::hex).ifPresent(hashes::add);
    }
  }

  private static ObjectNode observation(Probe probe) {
    ObjectNode node = PRETTY.createObjectNode();
    node.put("quote_sha256", probe.quoteSha256());
    node.put("verified_at", probe.evidence().verifiedAt().toString());
    node.put("tcb_status", probe.evidence().tcb().status().text());
    ArrayNode advisories = node.putArray("advisory_ids");
    probe.evidence().tcb().advisoryIds().forEach(advisories::add);
    node.put("root_is_intels", probe.evidence().anchor().isIntel());
    return node;
  }

  /** As a file. */
  public String text() {
    return PRETTY.writeValueAsString(json()) + "\n";
  }

  /** In words, what {@link #outside} says. */
  public List<String> undeclared() {
    return outside().stream()
        .map(probe ->
            "the platform of the %s is %s, which is not declared: the policy would refuse it"
                .formatted(probe.role(), probe.evidence().tcb().status().text()))
        .toList();
  }

  /** In words, what a review should look at first: the findings that are more than notes. */
  public List<String> weaknesses() {
    return findings().stream()
        .filter(finding -> finding.severity() != Severity.NOTE)
        .map(finding ->
            "%s (%s): %s"
                .formatted(finding.code().text(), finding.subject(), finding.code().meaning()))
        .distinct()
        .toList();
  }

  /** What a review should look at first. */
  public List<Finding> findings() {
    try {
      PolicyFile file = PolicyFile.read("candidate", Bytes.of(text().getBytes(UTF_8)));
      return PolicyLint.lint(List.of(file)).findings();
    } catch (PolicyDocumentException e) {
      throw new IllegalStateException("a candidate that cannot be read", e);
    }
  }
}
