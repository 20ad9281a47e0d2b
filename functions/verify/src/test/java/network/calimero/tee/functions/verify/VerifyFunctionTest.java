package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.verify.Scene.NONCE;
import static network.calimero.tee.functions.verify.Scene.base64;
import static network.calimero.tee.functions.verify.Scene.pasted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.OpenApiCheck;
import network.calimero.tee.functions.verify.VerifierFixture.Options;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VerifyFunctionTest {
  private static VerifierFixture shared;
  private VerifierFixture verifier;

  @BeforeAll
  static void start() throws Exception {
    shared = new VerifierFixture(Options.DEFAULT, Scene.RELEASE);
  }

  @AfterAll
  static void stop() {
    shared.close();
  }

  @BeforeEach
  void share() {
    verifier = shared;
  }

  @AfterEach
  void stopOwn() {
    if (verifier != shared) {
      verifier.close();
    }
  }

  /** For what changes the others' answers, or counts requests. */
  private void own(Options options) throws Exception {
    verifier = new VerifierFixture(options, Scene.RELEASE);
  }

  /** The answer, which is as described and says that it is simulated. */
  private JsonNode post(JsonNode body, int status) {
    HttpAnswer answer = verifier.post(body.toString());
    JsonNode json = JsonMapper.shared().readTree(answer.body().toArray());
    assertThat(answer.status()).as(json.toString()).isEqualTo(status);
    assertThat(
            new OpenApiCheck(verifier.service.openApi().toString().getBytes(UTF_8))
                .violations(
                    "POST",
                    VerifyFunction.PATH,
                    answer.status(),
                    answer.contentType(),
                    answer.body().toArray()))
        .isEmpty();
    assertThat(KnownCodes.ALL).containsAll(codes(json));
    assertThat(json.get("simulated").booleanValue()).isTrue();
    assertThat(answer.headers().find("X-Mero-Tee")).contains("SIMULATED");
    return json;
  }

  static List<String> codes(JsonNode answer) {
    return answer
        .at("/verdict/checks")
        .valueStream()
        .filter(check -> check.has("code"))
        .map(check -> check.get("code").stringValue())
        .toList();
  }

  private static Map<String, String> results(JsonNode answer) {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode check : answer.at("/verdict/checks")) {
      results.put(check.get("name").stringValue(), check.get("result").stringValue());
    }
    return results;
  }

  private static String code(JsonNode answer, String name) {
    return answer
        .at("/verdict/checks")
        .valueStream()
        .filter(check -> check.get("name").stringValue().equals(name))
        .map(check -> check.path("code").asString(""))
        .findFirst()
        .orElseThrow();
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

  /** Policies before about 2.3.73 name no compose hash. */
  @Test
  void composeHashesOfOlderReleasesAreThoseOfTheirMap() throws Exception {
    verifier =
        new VerifierFixture(
            Options.DEFAULT.withoutItaKey(),
            SimulatedRelease.builder("2.3.40", ReleaseGeneration.A)
                .kms(Scene.PROFILE, Scene.KMS)
                .composeHash(Scene.PROFILE, Scene.APP.composeHash())
                .node(Scene.PROFILE, Scene.NODE)
                .build()
                .resignJson(
                    "kms-phala-attestation-policy." + Scene.PROFILE + ".json",
                    json -> json.get("policy").asObject().remove("kms_allowed_event_payload")));
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(results(answer)).containsEntry("compose_hash", "passed");
    assertThat(answer.at("/verdict/release/documents/1/asset").stringValue())
        .isEqualTo("kms-phala-compatibility-map.json");
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
  void whereNotAllReleasesAreLookedAtNobodySaysThatNoneFits() throws Exception {
    own(Options.DEFAULT);
    for (int i = 0; i < ReleaseFinder.MOST; i++) {
      verifier.store.list("mero-tee-v2.4." + i, Scene.NOW.plusSeconds(i));
    }
    ObjectNode call = pasted(Scene.nodeAnswer(Scene.NODE, NONCE, Scene.KEY));
    JsonNode unnamed = post(call, 200);
    assertThat(code(unnamed, "measurements")).isEqualTo("no_new_release_fits");
    assertThat(unnamed.at("/verdict/result").stringValue()).isEqualTo("incomplete");
    assertThat(verifier.ita.requests()).isEmpty();

    JsonNode named = post(call.put("release_tag", "mero-tee-v" + Scene.VERSION), 200);
    assertThat(named.at("/verdict/result").stringValue()).isEqualTo("passed");
    assertThat(verifier.ita.requests()).isNotEmpty();
  }

  @Test
  void aReleaseThatIsNotGenuineLeavesOpenWhetherTheEvidenceIsOfIt() throws Exception {
    String document = "published-mrtds.json";
    verifier =
        new VerifierFixture(
            Options.DEFAULT,
            Scene.RELEASE.change(document, it -> (new String(it, UTF_8) + " ").getBytes(UTF_8)));
    JsonNode answer = post(pasted(Scene.nodeAnswer(Scene.NODE, NONCE, Scene.KEY)), 200);

    assertThat(code(answer, "measurements")).isEqualTo("releases_unknown");
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("incomplete");
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

  @Test
  void withoutAKeyForTheAuthorityTheOwnVerdictStandsAlone() throws Exception {
    own(Options.DEFAULT.withoutItaKey());
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    for (String field : List.of("ita_response", "ita_token", "ita_token_verified", "ita_claims")) {
      assertThat(answer.get(field).isNull()).as(field).isTrue();
    }
    assertThat(answer.at("/verdict/verdicts/agree").isNull()).isTrue();
    assertThat(results(answer)).containsEntry("ita", "not_possible");
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("passed");
  }

  @Test
  void twoVerdictsThatDifferAreSaidToDiffer() throws Exception {
    own(Options.DEFAULT);
    verifier.ita.status("OutOfDate");
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(results(answer)).containsEntry("ita", "passed").containsEntry("agreement", "failed");
    assertThat(answer.at("/verdict/verdicts/agree").booleanValue()).isFalse();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("failed");
  }

  @Test
  void aQuoteThatTheAuthorityRefusesIsNotPassed() throws Exception {
    own(Options.DEFAULT);
    verifier.ita.fault(TrustAuthorityServer.APPRAISAL_PATH, new HttpFault.Status(400), 2);
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(code(answer, "ita")).isEqualTo("authority_declined");
    assertThat(answer.get("ita_token_verified").isNull()).isTrue();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("failed");
  }

  @Test
  void aTokenThatIsNotBelievedDecidesNothing() throws Exception {
    own(Options.DEFAULT);
    verifier.ita.tokens(token -> token.claims(claims -> claims.put("iss", "https://evil.example")));
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(answer.get("ita_token_verified").booleanValue()).isFalse();
    assertThat(code(answer, "ita")).isEqualTo("token_issuer_wrong");
    assertThat(code(answer, "agreement")).isEqualTo("one_verdict_only");
    assertThat(answer.at("/verdict/verdicts/ita").isNull()).isTrue();
  }

  @Test
  void withoutCollateralNobodyKnowsAndTheAuthorityIsNotAsked() throws Exception {
    own(Options.DEFAULT);
    verifier.pcs.serveNothing();
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(code(answer, "dcap")).isEqualTo("collateral_not_found");
    assertThat(results(answer)).containsEntry("freshness", "passed");
    assertThat(answer.get("collateral").isNull()).isTrue();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("incomplete");
    assertThat(verifier.ita.requests()).isEmpty();
  }

  /** A "don't know": of a machine whose lists are stale nothing is known, neither good nor bad. */
  @Test
  void withCollateralThatIsRefusedNobodyKnowsEither() throws Exception {
    own(Options.DEFAULT);
    verifier.pcs.serve(
        SimulatedPlatform.builder(Scene.NOW)
            .pki(Scene.PLATFORM.pki())
            .tcbInfoExpired()
            .build()
            .collateral());
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(code(answer, "dcap")).isEqualTo("tcb_info_expired");
    assertThat(results(answer))
        .containsEntry("freshness", "passed")
        .containsEntry("dcap", "not_possible");
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("incomplete");
    assertThat(verifier.ita.requests()).isEmpty();
  }

  @Test
  void whatTakesTooLongIsNotPossibleAndTheRestIsAnswered() throws Exception {
    own(Options.DEFAULT.within(Duration.ofSeconds(2)));
    verifier.store.fault("", new HttpFault.Hang());
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(code(answer, "measurements")).isEqualTo("releases_timeout");
    assertThat(results(answer))
        .containsEntry("dcap", "passed")
        .containsEntry("event_log", "passed");
    assertThat(results(answer)).containsEntry("ita", "not_possible");
  }

  @Test
  void releasesThatNoListNamesAreAskedForAtAPace() throws Exception {
    own(Options.DEFAULT.withoutItaKey());
    ObjectNode call = pasted(Scene.kmsAnswer(NONCE));
    String code = "release_absent";
    for (int i = 0; i < 100 && code.equals("release_absent"); i++) {
      code = code(post(call.put("release_tag", "mero-kms-v1.0." + i), 200), "measurements");
    }
    assertThat(code).isEqualTo("release_busy");
    int asked = verifier.store.requests().size();
    JsonNode beyond = post(call.put("release_tag", "mero-kms-v1.1.0"), 200);

    assertThat(code(beyond, "measurements")).isEqualTo("release_busy");
    assertThat(verifier.store.requests()).hasSizeLessThanOrEqualTo(asked + 1); // the list
    JsonNode listed = post(call.put("release_tag", "mero-kms-v" + Scene.VERSION), 200);
    assertThat(results(listed)).containsEntry("measurements", "passed");
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

  @Test
  void theAuthorityIsAskedOnceForOneQuote() throws Exception {
    own(Options.DEFAULT);
    ObjectNode call = pasted(Scene.kmsAnswer(NONCE));
    post(call, 200);
    post(call, 200);

    assertThat(verifier.ita.count(TrustAuthorityServer.APPRAISAL_PATH)).isEqualTo(1);
  }
}
