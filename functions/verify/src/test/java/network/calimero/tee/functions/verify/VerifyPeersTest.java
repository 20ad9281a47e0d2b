package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.verify.Answers.code;
import static network.calimero.tee.functions.verify.Answers.results;
import static network.calimero.tee.functions.verify.Scene.NONCE;
import static network.calimero.tee.functions.verify.Scene.pasted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import network.calimero.tee.functions.verify.VerifierFixture.Options;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdict where those whom the verifier asks are missing, slow, or of another mind. */
class VerifyPeersTest {
  private VerifierFixture verifier;

  @AfterEach
  void stop() {
    verifier.close();
  }

  private void start(Options options) throws Exception {
    verifier = new VerifierFixture(options, Scene.RELEASE);
  }

  private JsonNode post(JsonNode body, int status) {
    return Answers.of(verifier, body, status);
  }

  @Test
  void whereNotAllReleasesAreLookedAtNobodySaysThatNoneFits() throws Exception {
    start(Options.DEFAULT);
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
  void withoutAKeyForTheAuthorityTheOwnVerdictStandsAlone() throws Exception {
    start(Options.DEFAULT.withoutItaKey());
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
    start(Options.DEFAULT);
    verifier.ita.status("OutOfDate");
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(results(answer)).containsEntry("ita", "passed").containsEntry("agreement", "failed");
    assertThat(answer.at("/verdict/verdicts/agree").booleanValue()).isFalse();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("failed");
  }

  @Test
  void aQuoteThatTheAuthorityRefusesIsNotPassed() throws Exception {
    start(Options.DEFAULT);
    verifier.ita.fault(TrustAuthorityServer.APPRAISAL_PATH, new HttpFault.Status(400), 2);
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(code(answer, "ita")).isEqualTo("authority_declined");
    assertThat(answer.get("ita_token_verified").isNull()).isTrue();
    assertThat(answer.at("/verdict/result").stringValue()).isEqualTo("failed");
  }

  @Test
  void aTokenThatIsNotBelievedDecidesNothing() throws Exception {
    start(Options.DEFAULT);
    verifier.ita.tokens(token -> token.claims(claims -> claims.put("iss", "https://evil.example")));
    JsonNode answer = post(pasted(Scene.kmsAnswer(NONCE)), 200);

    assertThat(answer.get("ita_token_verified").booleanValue()).isFalse();
    assertThat(code(answer, "ita")).isEqualTo("token_issuer_wrong");
    assertThat(code(answer, "agreement")).isEqualTo("one_verdict_only");
    assertThat(answer.at("/verdict/verdicts/ita").isNull()).isTrue();
  }

  @Test
  void withoutCollateralNobodyKnowsAndTheAuthorityIsNotAsked() throws Exception {
    start(Options.DEFAULT);
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
    start(Options.DEFAULT);
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
    start(Options.DEFAULT.within(Duration.ofSeconds(2)));
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
    start(Options.DEFAULT.withoutItaKey());
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

  @Test
  void theAuthorityIsAskedOnceForOneQuote() throws Exception {
    start(Options.DEFAULT);
    ObjectNode call = pasted(Scene.kmsAnswer(NONCE));
    post(call, 200);
    post(call, 200);

    assertThat(verifier.ita.count(TrustAuthorityServer.APPRAISAL_PATH)).isEqualTo(1);
  }
}
