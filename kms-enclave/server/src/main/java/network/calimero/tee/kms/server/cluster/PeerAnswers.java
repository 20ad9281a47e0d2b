package network.calimero.tee.kms.server.cluster;

import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.kms.cluster.JoinAnswer;
import network.calimero.tee.kms.cluster.JoinException;
import network.calimero.tee.kms.cluster.JoinFault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of a peer's answers. Whoever answers may be anybody. */
final class PeerAnswers {
  private static final int MAX_TEXT = 140_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER = 20;
  private static final int MAX_REASON = 600;
  private static final JsonMapper JSON = StrictJson.mapper(MAX_DEPTH, MAX_TEXT, MAX_NUMBER);

  private PeerAnswers() {}

  static boolean rootReady(byte[] body) throws JoinException {
    return object(body).path("clusterRootReady").asBoolean(false);
  }

  static String nonce(byte[] body) throws JoinException {
    return text(object(body), "nonceB64");
  }

  static JoinAnswer join(byte[] body) throws JoinException {
    JsonNode answer = object(body);
    return new JoinAnswer(
        text(answer, "quoteB64"),
        text(answer, "giverPublicB64"),
        text(answer, "sealNonceB64"),
        text(answer, "sealedRootB64"));
  }

  /** What a peer says of its refusal, made fit to be shown. */
  static JoinException refusal(int status, byte[] body) {
    String reason = "";
    try {
      JsonNode said = object(body);
      reason = ": " + said.path("error").asString("") + ", " + said.path("details").asString("");
    } catch (JoinException e) {
      reason = "";
    }
    return new JoinException(
        JoinFault.PEER, PlainText.bounded("it answers with status " + status + reason, MAX_REASON));
  }

  private static JsonNode object(byte[] body) throws JoinException {
    try {
      JsonNode root = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JacksonException e) {
      throw new JoinException(JoinFault.PEER, "what it answers is not JSON", e);
    }
    throw new JoinException(JoinFault.PEER, "what it answers is not a JSON object");
  }

  private static String text(JsonNode answer, String field) throws JoinException {
    JsonNode value = answer.get(field);
    if (value == null || !value.isString()) {
      throw new JoinException(JoinFault.PEER, "its answer has no text " + field);
    }
    return value.stringValue();
  }
}
