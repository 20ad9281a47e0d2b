package network.calimero.tee.functions.verify;

import static network.calimero.tee.functions.verify.Answers.code;
import static network.calimero.tee.functions.verify.Answers.results;
import static network.calimero.tee.functions.verify.Scene.NONCE;
import static network.calimero.tee.functions.verify.Scene.base64;
import static network.calimero.tee.functions.verify.Scene.pasted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.verify.VerifierFixture.Options;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VerifyFunctionTest {
  private static VerifierFixture verifier;

  @BeforeAll
  static void start() throws Exception {
    verifier = new VerifierFixture(Options.DEFAULT, Scene.RELEASE);
  }

  @AfterAll
  static void stop() {
    verifier.close();
  }

  private static JsonNode post(JsonNode body, int status) {
    return Answers.of(verifier, body, status);
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  @Test
  void aPastedAnswerOfAKmsPassesEveryCheckThatItCan() {
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(results(answer))
        .isEqualTo(
            Map.of(
                "freshness", "passed",
                "dcap", "passed",
                "ita", "passed",
                "agreement", "passed",
                "event_log", "passed",
                "compose_hash", "passed",
                "measurements", "passed",
                "transport_key", "not_possible"));
    assertThat(answer.at("/verdict/checks").valueStream().map(c -> c.get("name").stringValue()))
        .containsExactly(
            "freshness",
            "dcap",
            "ita",
            "agreement",
            "event_log",
            "compose_hash",
            "measurements",
            "transport_key");
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("passed");
    assertThat(answer.at("/verdict/release/foundBy").stringValue()).isEqualTo("compose_hash");
    assertThat(answer.at("/verdict/release/profiles/0").stringValue()).isEqualTo(Scene.PROFILE);
    assertThat(answer.at("/verdict/eventLog/rtmr3").stringValue())
        .isEqualTo(Bytes.of(Scene.KMS.rtmr(3)).hex());
    assertThat(answer.get("nonce_verified").booleanValue()).isTrue();
    assertThat(answer.get("transport_verified").isNull()).isTrue();
    assertThat(answer.get("ita_token_verified").booleanValue()).isTrue();
    assertThat(answer.at("/ita_claims/tdx/tdx_mrtd").stringValue())
        .isEqualTo(Bytes.of(Scene.KMS.mrTd()).hex());
    assertThat(answer.at("/ita_response/token")).isEqualTo(answer.get("ita_token"));
    assertThat(answer.at("/attestation/vmConfig").stringValue()).isEqualTo("{}");
  }

  @Test
  void anyoneCanVerifyAgainWithTheCollateralOfTheAnswer() throws Exception {
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);
    byte[] collateral = JsonMapper.shared().writeValueAsBytes(answer.get("collateral"));
    byte[] quote = Base64.getDecoder().decode(answer.at("/attestation/quoteB64").stringValue());
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Scene.PLATFORM.pki().root().der()));

    assertThat(
            new DcapVerifier(anchor, VerifierOptions.STRICT)
                .verify(Quote.parse(quote), CollateralJson.parse(Bytes.of(collateral)), Scene.NOW)
                .tcb()
                .status()
                .text())
        .isEqualTo(answer.at("/verdict/dcap/tcbStatus").stringValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"node_url", "nodeUrl"})
  void aNodeIsAskedWithAFreshNonceAndJudgedByItsQuote(String field) throws Exception {
    try (LoopbackServer node = Scene.nodeServer()) {
      JsonNode answer = post(object().put(field, node.baseUri().toString()), 200);

      assertThat(node.requests().getFirst().body())
          .isEqualTo(
              "{\"nonce\":\"%s\",\"bindTransportKey\":true}"
                  .formatted(VerifierFixture.MADE_HERE.hex()));
      assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("passed");
      assertThat(answer.at("/verdict/release/role").stringValue()).isEqualTo("node");
      assertThat(answer.at("/verdict/release/foundBy").stringValue()).isEqualTo("measurements");
      assertThat(answer.get("nonce_from").stringValue()).isEqualTo("verifier");
      assertThat(answer.get("transport_verified").isNull()).isTrue();
      assertThat(code(answer, "transport_key")).isEqualTo("sealed_request_unknown");
      assertThat(answer.at("/attestation/quoteBody/mrtd").stringValue())
          .isEqualTo(Bytes.of(Scene.NODE.mrTd()).hex());
      assertThat(answer.at("/attestation/reportDataHex").stringValue())
          .startsWith(VerifierFixture.MADE_HERE.hex());
    }
  }

  @Test
  void anOlderNodeIsAskedAgainWithoutTheTransportKey() throws Exception {
    try (LoopbackServer node = Scene.nodeServer()) {
      node.fault(call -> call.body().contains("bindTransportKey"), new HttpFault.Status(400), 1);
      ObjectNode call = object().put("node_url", node.baseUri().toString());
      JsonNode answer = post(call.put("nonce_b64", base64(NONCE)), 200);

      assertThat(node.requests()).hasSize(2);
      assertThat(answer.get("nonce_from").stringValue()).isEqualTo("caller");
      assertThat(answer.get("nonce_verified").booleanValue()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kms_url", "kmsUrl"})
  void aKmsThatCanBeReachedIsAskedAsTheSeedDid(String field) throws Exception {
    try (LoopbackServer kms = Scene.kmsServer()) {
      ObjectNode call = object().put(field, kms.baseUri().toString());
      JsonNode answer = post(call.put("release_tag", "mero-kms-v" + Scene.VERSION), 200);

      assertThat(kms.requests().getFirst().path()).isEqualTo("/attest");
      assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("passed");
      assertThat(answer.at("/verdict/release/foundBy").stringValue()).isEqualTo("name");
    }
  }

  @Test
  void whoIsAskedAsANodeIsNeverJudgedAsAKms() throws Exception {
    try (LoopbackServer liar =
        Scene.nodeServer(call -> Scene.nodeAnswer(Scene.KMS, Scene.nonce(call), Scene.KEY))) {
      ObjectNode call = object().put("node_url", liar.baseUri().toString());
      JsonNode answer = post(call.put("release_tag", "mero-kms-v" + Scene.VERSION), 200);

      assertThat(code(answer, "measurements")).isEqualTo("release_absent");
      assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("incomplete");
    }
  }

  @Test
  void whoIsAskedAsAKmsIsNeverJudgedAsANode() throws Exception {
    try (LoopbackServer liar =
        LoopbackServer.start(
            0,
            call -> {
              String nonce =
                  JsonMapper.shared().readTree(call.body()).get("nonceB64").stringValue();
              return Scene.json(
                  Scene.nodeAnswer(
                      Scene.NODE, Bytes.of(Base64.getDecoder().decode(nonce)), Scene.KEY));
            })) {
      JsonNode answer = post(object().put("kms_url", liar.baseUri().toString()), 200);

      assertThat(code(answer, "measurements")).isEqualTo("no_release_fits");
    }
  }

  /** A version names a KMS's release and a node's; without an event log nothing else tells. */
  @Test
  void evidenceIsHeldToThatReleaseOfTheVersionWhoseRegistersItHas() {
    ObjectNode attestation = Scene.kmsAnswer(NONCE).putNull("eventLog");
    JsonNode answer = post(pasted(attestation).put("release_tag", Scene.VERSION), 200);

    assertThat(results(answer)).containsEntry("measurements", "passed");
    assertThat(answer.at("/verdict/release/role").stringValue()).isEqualTo("kms");
  }

  @Test
  void aBareAttestationIsOneToo() {
    JsonNode answer = post(Scene.kmsAnswer(NONCE), 200);

    assertThat(answer.get("nonce_verified").isNull()).isTrue();
    assertThat(code(answer, "freshness")).isEqualTo("no_nonce");
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("incomplete");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keysOfAnAgentsGateAreThoseOfItsQuote(boolean claimed) {
    ObjectNode attestation = Scene.agentAnswer(claimed);
    JsonNode answer = post(pasted(attestation).put("agent", true), 200);

    assertThat(answer.get("agent_keys_verified").booleanValue()).isTrue();
    assertThat(answer.at("/agent_keys/signingPublicKeyB64"))
        .isEqualTo(attestation.get("signingPublicKeyB64"));
    assertThat(answer.at("/agent_keys/ownerPublicKeyB64").isNull()).isNotEqualTo(claimed);
    assertThat(results(answer)).containsEntry("agent_keys", "passed");
    assertThat(code(answer, "measurements")).isEqualTo("agent_policy_needed");
  }

  /** It says nothing of whose it is, either: a node's answer stays a node's. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "[]", "\"[]\""})
  void anEventLogWithNothingInItIsNone(String log) {
    ObjectNode attestation = Scene.nodeAnswer(Scene.NODE, NONCE, Scene.KEY);
    attestation.set("eventLog", JsonMapper.shared().readTree(log));
    JsonNode answer = post(pasted(attestation), 200);

    assertThat(code(answer, "event_log")).isEqualTo("no_event_log");
    assertThat(code(answer, "compose_hash")).isEqualTo("none_measured");
    assertThat(answer.at("/verdict/eventLog").isNull()).isTrue();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("passed");
  }

  @Test
  void aTransportKeyOfAKmsIsGoodIfItIsBoundToTheQuote() {
    JsonNode byDefault = post(pasted(Scene.sealableKmsAnswer(NONCE, Scene.KMS_BINDING)), 200);
    assertThat(results(byDefault)).containsEntry("transport_key", "passed");

    ObjectNode asked = pasted(Scene.sealableKmsAnswer(NONCE, Scene.ZEROS));
    JsonNode given = post(asked.put("binding_b64", base64(Scene.ZEROS)), 200);
    assertThat(results(given)).containsEntry("transport_key", "passed");
  }

  @Test
  void aTransportKeyOfANodeMayBeBoundToAnApplicationThatTheCallerNames() {
    Bytes application = Sha256.of("an application");
    ObjectNode answer = Scene.nodeAnswer(Scene.NODE, NONCE, application, Scene.KEY);
    JsonNode given = post(pasted(answer).put("binding_b64", base64(application)), 200);

    assertThat(code(given, "transport_key")).isEqualTo("sealed_request_unknown");
  }

  /** Evidence that passes what could be checked, and lacks a check that a yes rests on. */
  @Test
  void withoutOneOfTheNeededChecksTheWholeIsNotPassed() {
    JsonNode ofNoRelease =
        post(pasted(Scene.kmsAnswer(NONCE)).put("release_tag", "mero-kms-v1.0.0"), 200);
    assertThat(code(ofNoRelease, "measurements")).isEqualTo("release_absent");
    assertThat(ofNoRelease.at("/verdict/result").stringValue()).isEqualTo("incomplete");

    JsonNode ofAnyAge = post(Scene.kmsAnswer(NONCE), 200);
    assertThat(results(ofAnyAge)).containsEntry("measurements", "passed");
    assertThat(ofAnyAge.at("/verdict/result").stringValue()).isEqualTo("incomplete");
  }

  @Test
  void aWrongNonceCarriesTheVerdictSoFar() {
    JsonNode answer = post(pasted(Scene.kmsAnswer(Scene.KEY)), 400);

    assertThat(answer.get("code").stringValue()).isEqualTo("nonce_mismatch");
    assertThat(results(answer)).isEqualTo(Map.of("freshness", "failed"));
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("failed");
  }
}
