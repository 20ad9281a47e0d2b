package network.calimero.tee.kms.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.collateral.pcs.CollateralStatus;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.server.http.ReadyReport;
import network.calimero.tee.kms.time.StaleException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether keys can be released, and if not, every reason (kms-config.md, {@code GET /ready}). */
final class Readiness implements Supplier<ReadyReport> {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final KmsConfig config;
  private final CurrentPolicy policy;
  private final KmsPorts ports;

  Readiness(KmsConfig config, CurrentPolicy policy, KmsPorts ports) {
    this.config = config;
    this.policy = policy;
    this.ports = ports;
  }

  @Override
  public ReadyReport get() {
    Instant now = ports.clock().instant();
    List<String> reasons = new ArrayList<>();
    ObjectNode parts = JSON.createObjectNode();
    parts.set("policy", policy(reasons));
    parts.set("backend", backend(reasons));
    parts.set("collateral", collateral(now, reasons));
    ports.challengeStore().ifPresent(store -> parts.set("challengeStore", store(store, reasons)));
    parts.set("clock", clock(now, reasons));
    parts.set("release", release());
    return new ReadyReport(reasons, parts);
  }

  private ObjectNode policy(List<String> reasons) {
    ObjectNode part = JSON.createObjectNode().put("profile", config.profile().text());
    switch (policy.current()) {
      case PolicyState.Ready ready -> {
        part.put("ready", true).put("source", ready.source()).put("digest", ready.digest());
        ready.release().ifPresent(release -> describe(release, part));
      }
      case PolicyState.NotReady notReady -> {
        part.put("ready", false);
        reasons.add("policy: " + notReady.reason());
      }
    }
    return part;
  }

  private static void describe(PolicyState.Release release, ObjectNode part) {
    part.put("tag", release.version().kmsTag()).put("file", release.file());
    part.put("signed", release.signer().isPresent());
    release
        .signer()
        .ifPresent(
            signed -> part.put("signer", signed.signer()).put("logIndex", signed.logIndex()));
  }

  private ObjectNode backend(List<String> reasons) {
    BackendProbe.BackendStatus status = ports.backend().probe();
    status.fault().ifPresent(fault -> reasons.add("backend: " + fault));
    return JSON.createObjectNode()
        .put("ready", status.fault().isEmpty())
        .put("kind", status.kind());
  }

  /**
   * Nothing fetched yet is fine: the first quote of a platform has its collateral fetched. What
   * only some platforms need decides nothing, for strangers choose which are asked for.
   */
  private ObjectNode collateral(Instant now, List<String> reasons) {
    ObjectNode part = JSON.createObjectNode();
    boolean ready = true;
    ArrayNode pieces = JSON.createArrayNode();
    for (CollateralStatus.Piece piece : ports.collateralStatus().get().pieces()) {
      ObjectNode entry = pieces.addObject().put("name", piece.name());
      piece.validUntil().ifPresent(until -> entry.put("validUntil", until.toString()));
      piece.lastFailure().ifPresent(failure -> entry.put("lastFailure", failure));
      if (piece.isForAll() && piece.lastFailure().isPresent() && !piece.isUsable(now)) {
        ready = false;
        reasons.add("collateral: " + piece.lastFailure().get());
      }
    }
    part.put("ready", ready).set("pieces", pieces);
    return part;
  }

  private static ObjectNode store(ChallengeStore store, List<String> reasons) {
    Optional<String> fault = store.fault();
    fault.ifPresent(reason -> reasons.add("challengeStore: " + reason));
    return JSON.createObjectNode().put("ready", fault.isEmpty());
  }

  private ObjectNode clock(Instant now, List<String> reasons) {
    boolean ready = true;
    try {
      ports.freshness().at(now);
    } catch (StaleException e) {
      ready = false;
      reasons.add("clock: " + e.getMessage());
    }
    return JSON.createObjectNode().put("ready", ready);
  }

  private ObjectNode release() {
    return JSON.createObjectNode()
        .put("ready", true)
        .put("sealed", true)
        .put("plain", !config.sealingRequired());
  }
}
