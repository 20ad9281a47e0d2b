package network.calimero.tee.kms.server.http;

import java.util.Map;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.cluster.JoinAnswer;
import network.calimero.tee.kms.cluster.JoinRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a replica serves beside what every key server does, and the names of its fields
 * (kms-protocol.md, "The TDX cluster backend").
 */
public final class ClusterRoutes {
  private final ClusterMember member;

  /** Serves that replica. */
  public ClusterRoutes(ClusterMember member) {
    this.member = member;
  }

  /** Its paths; {@code /health} says more than elsewhere. */
  Map<String, Route> byPath() {
    return Map.of(
        "/health", new Route.Get(this::health),
        "/cluster/nonce", new Route.Call(this::nonce),
        "/cluster/join", new Route.Post(this::join));
  }

  private Answer health() {
    ClusterMember.Health health = member.health();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("status", "alive")
            .put("service", Answer.SERVICE)
            .put("clusterRootReady", health.rootReady());
    health.fingerprint().ifPresent(text -> json.put("clusterRootFingerprint", text));
    health.lastJoinError().ifPresent(text -> json.put("lastJoinError", text));
    health.lastJoinRefusal().ifPresent(text -> json.put("lastJoinRefusal", text));
    return Answer.ok(json);
  }

  private Answer nonce() throws KmsException {
    return Answer.ok(JsonMapper.shared().createObjectNode().put("nonceB64", member.nonce()));
  }

  private Answer join(Fields body) throws KmsException {
    JoinAnswer answer =
        member.join(
            new JoinRequest(
                body.text("nonceB64"), body.text("joinerPublicB64"), body.text("quoteB64")));
    return Answer.ok(
        JsonMapper.shared()
            .createObjectNode()
            .put("quoteB64", answer.quoteB64())
            .put("giverPublicB64", answer.giverPublicB64())
            .put("sealNonceB64", answer.sealNonceB64())
            .put("sealedRootB64", answer.sealedRootB64()));
  }
}
