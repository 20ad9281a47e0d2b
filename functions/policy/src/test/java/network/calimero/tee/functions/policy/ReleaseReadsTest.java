package network.calimero.tee.functions.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.policy.PolicyFixture.LOCKED;
import static network.calimero.tee.functions.policy.PolicyFixture.NEWER;
import static network.calimero.tee.functions.policy.PolicyFixture.NEW_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.OLDER;
import static network.calimero.tee.functions.policy.PolicyFixture.OLD_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.json;
import static network.calimero.tee.functions.policy.PolicyFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.simulator.http.HttpFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReleaseReadsTest {
  private PolicyFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new PolicyFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void policiesAndMapsAreServedByteForByteAndSayHowTheyWereVerified() {
    HttpAnswer older = fixture.get("/api/policy", "tag=mero-kms-v2.3.74&profile=" + LOCKED);
    assertThat(older.status()).isEqualTo(200);
    assertThat(older.body().toArray()).isEqualTo(OLDER.file(OLD_POLICY));
    assertThat(older.headers().find("X-Mero-Asset")).contains(OLD_POLICY);
    assertThat(older.headers().find("X-Mero-Verified").orElse("")).startsWith("sigstore; form=");
    assertThat(older.headers().find("Cache-Control")).contains("public, max-age=300");
    assertThat(older.headers().find("Access-Control-Allow-Origin")).contains("*");
    assertThat(older.headers().find("Access-Control-Expose-Headers").orElse(""))
        .contains("X-Mero-Verified");

    HttpAnswer newer = fixture.get("/api/policy", "tag=mero-kms-v2.3.112&profile=" + LOCKED);
    assertThat(newer.body().toArray()).isEqualTo(NEWER.file(NEW_POLICY));
    HttpAnswer map = fixture.get("/api/compat-map", "tag=mero-kms-v2.3.112");
    assertThat(map.body().toArray()).isEqualTo(NEWER.file("kms-compatibility-map.json"));
  }

  @Test
  void theOldNameCountsOnlyIfTheReleaseLacksTheNewOne() {
    fixture.server.serve(NEWER.tag(OLD_POLICY), OLD_POLICY, OLDER.file(OLD_POLICY));
    String query = "tag=mero-kms-v2.3.112&profile=" + LOCKED;
    assertThat(fixture.get("/api/policy", query).headers().find("X-Mero-Asset"))
        .contains(NEW_POLICY);
  }

  @Test
  void theOldNameIsNotTakenBecauseTheNewOneIsNotToBeHad() {
    fixture.server.serve(NEWER.tag(OLD_POLICY), OLD_POLICY, OLDER.file(OLD_POLICY));
    fixture.server.fault(NEW_POLICY, new HttpFault.Status(500));
    assertThat(outcome(fixture.get("/api/policy", "tag=mero-kms-v2.3.112&profile=" + LOCKED)))
        .isEqualTo("500 release_host_failed");
  }

  @Test
  void nodePolicyIsTheProfilesAndNothingElse() {
    JsonNode json = json(fixture.get("/api/node-policy", "tag=mero-tee-v2.3.74"));
    assertThat(json.propertyNames()).containsExactly("profiles");
    assertThat(json.get("profiles").propertyNames())
        .containsExactlyInAnyOrder("debug", "debug-read-only", LOCKED);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    String query = "tag=mero-tee-v2.3.74";
    String tag = fixture.get("/api/node-policy", query).headers().find("ETag").orElseThrow();
    HttpAnswer again =
        fixture.call("GET", "/api/node-policy", query, Map.of("If-None-Match", tag), "");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body().isEmpty()).isTrue();
  }

  @Test
  void otherTagsAndProfilesAreRefused() {
    for (String tag :
        new String[] {
          "tag=2.3.74",
          "tag=mero-tee-v2.3.74",
          "tag=mero-kms-v2.3.74-rc.1",
          "tag=mero-kms-v2.3",
          "tag=mero-kms-v2.3.99999999999",
          "tag=mero-kms-v2.3.074",
          "tag=mero-kms-v2.3.74/..",
          "tag=mero-kms-v2.3.74%0d%0aX:1",
          "tag=mero-kms-v%D9%A2.3.74",
          ""
        }) {
      assertThat(outcome(fixture.get("/api/compat-map", tag))).as(tag).isEqualTo("400 invalid_tag");
    }
    assertThat(outcome(fixture.get("/api/node-policy", "tag=mero-kms-v2.3.74")))
        .isEqualTo("400 invalid_tag");
    assertThat(outcome(fixture.get("/api/policy", "tag=mero-kms-v2.3.74&profile=prod")))
        .isEqualTo("400 invalid_profile");
    assertThat(outcome(fixture.get("/api/policy", "tag=mero-kms-v2.3.74")))
        .isEqualTo("400 invalid_profile");
    assertThat(fixture.server.requests()).isEmpty();
  }

  @Test
  void whatIsNotThereIs404WhatDoesNotVerify502AndTheHostsStatusIsPassedOn() {
    assertThat(outcome(fixture.get("/api/compat-map", "tag=mero-kms-v9.9.9")))
        .isEqualTo("404 release_not_found");
    fixture.server.serve(
        OLDER.change("published-mrtds.json", it -> (new String(it, UTF_8) + " ").getBytes(UTF_8)));
    assertThat(outcome(fixture.get("/api/node-policy", "tag=mero-tee-v2.3.74")))
        .isEqualTo("502 release_refused");
    fixture.server.fault(".json", new HttpFault.Status(503));
    assertThat(outcome(fixture.get("/api/node-policy", "tag=mero-tee-v2.3.112")))
        .isEqualTo("503 release_host_failed");
  }

  @Test
  void releasesThatNoListNamesAreAskedForAtAPaceAndOthersAllTheSame() {
    String outcome = "404 release_not_found";
    for (int i = 0; i < 200 && outcome.equals("404 release_not_found"); i++) {
      outcome = outcome(fixture.get("/api/node-policy", "tag=mero-tee-v9.9." + i));
    }
    assertThat(outcome).isEqualTo("503 busy");
    assertThat(fixture.get("/api/node-policy", "tag=mero-tee-v2.3.74").status()).isEqualTo(200);
  }

  @Test
  void aHostThatIsNotReachedIs502() {
    fixture.server.close();
    assertThat(outcome(fixture.get("/api/compat-map", "tag=mero-kms-v2.3.74")))
        .isEqualTo("502 release_host_failed");
  }

  @Test
  void aFileThatVerifiesUnderAnotherNameIsNotServed() {
    String debug = "kms-phala-attestation-policy.debug.json";
    fixture.server.serve(
        OLDER.with(OLD_POLICY, OLDER.file(debug)).withSignatureOf(debug, OLD_POLICY));
    assertThat(outcome(fixture.get("/api/policy", "tag=mero-kms-v2.3.74&profile=" + LOCKED)))
        .isEqualTo("502 release_refused");
  }
}
