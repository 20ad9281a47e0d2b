package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.server.Node.Challenge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  private static RefusalSite site;

  @BeforeAll
  static void open() throws IOException {
    site = RefusalSite.open();
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyFaultHasItsTagItsStatusAndItsReason(Fault fault) {
    KmsHttp.Answer answer = Fault.post(site, fault);

    assertThat(answer.outcome()).as(answer.details()).isEqualTo(fault.error.tag());
    assertThat(answer.status()).isEqualTo(fault.status);
    assertThat(answer.details()).contains(fault.details);
    assertThat(answer.json().propertyNames()).containsExactly("error", "details");
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoFaultsTheOneCheckedFirstIsReported(Fault first) {
    List<String> wrong = new ArrayList<>();
    for (Fault second : Fault.values()) {
      if (second.compareTo(first) > 0) {
        KmsHttp.Answer answer = Fault.post(site, first, second);
        if (answer.status() != first.status
            || !answer.outcome().equals(first.error.tag())
            || !answer.details().contains(first.details)) {
          wrong.add("%s with %s: %s".formatted(first, second, answer.response().body()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A fault of the program itself is no fault of a request; RequestLogTest has it. */
  @Test
  void everyErrorOfTheProtocolIsReached() {
    Set<KmsError> reached = EnumSet.noneOf(KmsError.class);
    Arrays.stream(Fault.values()).forEach(fault -> reached.add(fault.error));

    assertThat(EnumSet.complementOf(EnumSet.copyOf(reached)))
        .containsExactly(KmsError.INTERNAL_ERROR);
  }

  @Test
  void faultsAreListedStepByStep() {
    assertThat(Fault.values()).isSortedAccordingTo(Comparator.comparingInt(fault -> fault.step));
    assertThat(Arrays.stream(Fault.values()).map(fault -> fault.step).distinct())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aRequestWithoutAFaultGetsItsKeyFromEveryOneOfTheseServers() {
    Node node = site.site().node();

    assertThat(node.getKey().outcome()).isEqualTo("ok");
    assertThat(site.switched().plain.post("/get-key", node.request(node.challenge())).outcome())
        .isEqualTo("ok");
    assertThat(
            site.switched()
                .sealing
                .post("/get-key", node.sealedRequest(node.challenge(), site.oneTime().publicKey()))
                .outcome())
        .isEqualTo("ok");
  }

  @Test
  void refusedMeasurementNamesRegisterAndValueOfAll() {
    KmsHttp.Answer answer = Fault.post(site, Fault.UNKNOWN_IMAGE);

    var machine =
        site.site()
            .platform
            .launch(network.calimero.tee.simulator.tdx.TdImage.named("another image"));
    assertThat(answer.details())
        .contains("MRTD " + Node.hex(machine.mrTd()))
        .contains("RTMR2 " + Node.hex(machine.rtmr(2)));
  }

  @Test
  void refusedStatusSaysWhatToUpdate() {
    assertThat(Fault.post(site, Fault.TCB_OUT_OF_DATE).details())
        .contains("OutOfDate")
        .contains("allowed: UpToDate")
        .contains("BIOS");
  }

  @Test
  void reasonsOfThePlatformGoToTheLogAndNotToTheNode() {
    KmsHttp.Answer answer = Fault.post(site, Fault.DSTACK_GIVES_NO_KEY);

    assertThat(answer.response().body()).doesNotContain("sealing key is broken");
    assertThat(site.site().log.events())
        .anySatisfy(event ->
            assertThat(event.fields().getOrDefault("reason", ""))
                .asString()
                .contains("sealing key is broken"));
  }

  @Test
  void withoutPolicyNobodyGetsAKeyAndTheReasonSaysWhatToSet() throws IOException {
    try (Site without = Site.withoutPolicy()) {
      KmsHttp.Answer answer = without.node().getKey();

      assertThat(answer.outcome()).isEqualTo("policy_not_ready");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.details()).contains("USE_ENV_POLICY=true").contains("ALLOWED_MRTD");
    }
  }

  @Test
  void policyIsAskedForAfterShapesAndBeforeTheQuote() throws IOException {
    try (Site without = Site.withoutPolicy()) {
      Node node = without.node();
      Map<String, Object> request = new HashMap<>(node.request(node.challenge()));
      request.put("quoteB64", "AAA");
      assertThat(without.http.post("/get-key", request).outcome()).isEqualTo("policy_not_ready");
      request.put("challengeId", "x");
      assertThat(without.http.post("/get-key", request).outcome()).isEqualTo("invalid_challenge");
      request.put("peerId", "");
      assertThat(without.http.post("/get-key", request).outcome()).isEqualTo("invalid_peer_id");
    }
  }

  @Test
  void whereSealingIsRequiredAPlainRequestIsRefusedAfterTheQuotesBase64() throws IOException {
    try (Site sealing = Site.open(Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true"))) {
      Node node = sealing.node();
      Map<String, Object> request = new HashMap<>(node.request(node.challenge()));

      KmsHttp.Answer answer = sealing.http.post("/get-key", request);
      assertThat(answer.outcome()).isEqualTo("invalid_attestation_request");
      assertThat(answer.details())
          .contains("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false")
          .contains("0.11.0-rc.47");

      request.put("quoteB64", "AAA");
      assertThat(sealing.http.post("/get-key", request).outcome()).isEqualTo("invalid_request");
    }
  }

  @Test
  void fullMemoryOfUsedChallengesIsRateLimitedUntilTheFirstExpires() throws IOException {
    try (Site small = Site.open(Map.of("MAX_CONSUMED_CHALLENGES", "1"))) {
      assertThat(small.node().getKey().outcome()).isEqualTo("ok");
      small.clock.advance(Duration.ofSeconds(20));

      KmsHttp.Answer full = small.node().getKey();
      assertThat(full.outcome()).isEqualTo("rate_limited");
      assertThat(full.status()).isEqualTo(429);
      assertThat(full.header("Retry-After")).isEqualTo("40");

      small.clock.advance(Duration.ofSeconds(40));
      assertThat(small.node().getKey().outcome()).isEqualTo("ok");
    }
  }

  @Test
  void challengeIsInTimeUntilItsLastSecondAndExpiredInThatSecond() throws IOException {
    try (Site own = Site.open(Map.of("CHALLENGE_TTL_SECS", "10"))) {
      Node node = own.node();
      Challenge inTime = node.challenge();
      Challenge late = node.challenge();
      own.clock.advance(Duration.ofSeconds(9));
      assertThat(own.http.post("/get-key", node.request(inTime)).outcome()).isEqualTo("ok");
      own.clock.advance(Duration.ofSeconds(1));
      assertThat(own.http.post("/get-key", node.request(late)).outcome())
          .isEqualTo("invalid_challenge");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"challengeId", "quoteB64", "peerId", "peerPublicKeyB64", "signatureB64"})
  void everyFieldMustBeThereAndBeAText(String field) {
    Node node = site.site().node();
    Map<String, Object> request = node.request(node.challenge());

    request.put(field, 1);
    KmsHttp.Answer number = site.site().http.post("/get-key", request);
    request.remove(field);
    KmsHttp.Answer missing = site.site().http.post("/get-key", request);

    assertThat(number.outcome()).isEqualTo("invalid_request");
    assertThat(number.details()).isEqualTo(field + " is not a text");
    assertThat(missing.outcome()).isEqualTo("invalid_request");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.details()).isEqualTo(field + " is missing");
  }
}
