package network.calimero.tee.functions.verify;

import java.time.Duration;
import java.util.Base64;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.outbound.Limits;
import network.calimero.tee.functions.outbound.OutboundAnswer;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundFault;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundPolicy;
import network.calimero.tee.functions.outbound.OutboundRequest;
import network.calimero.tee.functions.outbound.OutboundUrl;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks nodes and KMSs for fresh evidence. */
final class Peers {
  private static final int MAX_ANSWER = 1024 * 1024;
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), MAX_ANSWER);
  private static final JsonBounds BOUNDS = JsonBounds.of(MAX_ANSWER);
  private static final int BAD_REQUEST = 400;

  private final OutboundHttp http;
  private final OutboundPolicy nodes;
  private final OutboundPolicy kms;

  Peers(OutboundHttp http, OutboundPolicy nodes, OutboundPolicy kms) {
    this.http = http;
    this.nodes = nodes;
    this.kms = kms;
  }

  /** A node's evidence; older nodes know no transport key, and say so with 400. */
  Attestation node(OutboundUrl base, Bytes nonce, Budget budget) throws ApiException {
    OutboundUrl url = base.resolve("/admin-api/tee/attest");
    ObjectNode body = JsonMapper.shared().createObjectNode().put("nonce", nonce.hex());
    OutboundAnswer answer = post(url, body.deepCopy().put("bindTransportKey", true), nodes, budget);
    if (answer.status() == BAD_REQUEST) {
      answer = post(url, body, nodes, budget);
    }
    return read(answer);
  }

  /** A KMS's evidence. */
  Attestation kms(OutboundUrl base, Bytes nonce, Budget budget) throws ApiException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("nonceB64", Base64.getEncoder().encodeToString(nonce.toArray()));
    return read(post(base.resolve("/attest"), body, kms, budget));
  }

  private OutboundAnswer post(
      OutboundUrl url, ObjectNode body, OutboundPolicy policy, Budget budget)
      throws OutboundException {
    Bytes json = Bytes.of(JsonMapper.shared().writeValueAsBytes(body));
    return http.exchange(OutboundRequest.post(url, json), policy, LIMITS.within(budget.left()));
  }

  private static Attestation read(OutboundAnswer answer) throws ApiException {
    ObjectNode body;
    Bytes bytes = answer.successBody();
    try {
      body = BOUNDS.read(bytes);
    } catch (ApiException e) {
      throw new OutboundException(
          OutboundFault.PEER_ANSWER_MALFORMED, "the host's answer: " + e.found());
    }
    return Attestation.answered(body);
  }
}
