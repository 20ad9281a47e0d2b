package network.calimero.tee.functions.contract;

import static network.calimero.tee.functions.contract.Replies.answered;
import static network.calimero.tee.functions.contract.Replies.refused;
import static network.calimero.tee.functions.contract.Replies.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import network.calimero.tee.functions.contract.ContractCases.Case;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The public verifier at every target. */
final class VerifyCases {
  private static final String PATH = "/api/verify";
  private static final int OVER_THE_LIMIT = 2 * 1024 * 1024 + 1;

  private final Surroundings surroundings;

  VerifyCases(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void addTo(Map<String, Case> cases) {
    cases.put("verify: what is pasted passes", this::pasted);
    cases.put("verify: a node is asked", this::asked);
    cases.put("verify: another nonce", this::anotherNonce);
    cases.put(
        "verify: a host that nobody listed",
        refusing(
            Ask.post(PATH, "{\"kms_url\":\"https://evilphala.network\"}"),
            400,
            "host_not_allowed"));
    cases.put(
        "verify: metadata of a cloud",
        refusing(
            Ask.post(PATH, "{\"node_url\":\"http://169.254.169.254\"}"),
            400,
            "address_not_public"));
    cases.put(
        "verify: no quote", refusing(Ask.post(PATH, "{\"attestation\":{}}"), 400, "no_quote"));
    cases.put(
        "verify: too large",
        target -> {
          String body = "{\"attestation\":{}" + " ".repeat(OVER_THE_LIMIT) + "}";
          refused(target.send(Ask.post(PATH, body)), 413, "body_too_large");
        });
    cases.put(
        "verify: no JSON", refusing(Ask.post(PATH, "{\"a\":1,\"a\":2}"), 400, "invalid_json"));
    cases.put(
        "verify: of another type",
        target -> {
          Ask ask = Ask.of("POST", PATH).with("Content-Type", "text/plain");
          refused(target.send(ask), 415, "unsupported_media_type");
        });
    cases.put(
        "verify: read instead of posted",
        target -> {
          Reply reply = target.send(Ask.get(PATH));
          refused(reply, 405, "method_not_allowed");
          assertThat(reply.header("Allow")).isEqualTo("POST, OPTIONS");
        });
    cases.put(
        "verify: a web page asks beforehand",
        target -> {
          Reply reply = target.send(Ask.of("OPTIONS", PATH).with("Origin", "https://example.org"));
          assertThat(reply.status()).isEqualTo(204);
          assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("POST, OPTIONS");
        });
  }

  private void pasted(Target target) throws Exception {
    Reply reply =
        target.send(paste(Surroundings.NONCE).with("Origin", "https://verify.example.org"));
    answered(reply, 200);
    JsonNode answer = reply.json();
    assertThat(answer.at("/verdict/result").asString()).as(reply::text).isEqualTo("passed");
    assertThat(answer.path("nonce_verified").booleanValue()).isTrue();
    assertThat(answer.path("ita_token_verified").booleanValue()).isTrue();
    assertThat(reply.header("X-Mero-Tee")).isEqualTo("SIMULATED");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.all("Access-Control-Allow-Origin")).containsExactly("*");
  }

  private void asked(Target target) throws Exception {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    Reply reply =
        target.send(Ask.post(PATH, body.put("node_url", surroundings.nodeUrl()).toString()));
    answered(reply, 200);
    assertThat(reply.json().at("/verdict/result").asString()).as(reply::text).isEqualTo("passed");
    assertThat(reply.json().path("transport_verified").isNull()).isTrue();
  }

  private void anotherNonce(Target target) throws Exception {
    Reply reply = target.send(paste(new byte[32]));
    refused(reply, 400, "nonce_mismatch");
    assertThat(reply.json().at("/verdict/result").asString()).isEqualTo("failed");
  }

  private Ask paste(byte[] nonce) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("attestation").put("quoteB64", surroundings.quote());
    body.put("nonce_b64", Base64.getEncoder().encodeToString(nonce));
    return Ask.post(PATH, body.toString());
  }
}
