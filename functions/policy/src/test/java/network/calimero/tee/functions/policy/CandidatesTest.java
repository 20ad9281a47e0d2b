package network.calimero.tee.functions.policy;

import static network.calimero.tee.functions.policy.PolicyFixture.NOW;
import static network.calimero.tee.functions.policy.PolicyFixture.PLATFORM;
import static network.calimero.tee.functions.policy.PolicyFixture.json;
import static network.calimero.tee.functions.policy.PolicyFixture.object;
import static network.calimero.tee.functions.policy.PolicyFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CandidatesTest {
  private static final String PATH = "/api/policy/candidates";
  private static final byte NONCE = 7;
  private static final String NONCE_B64 = base64(NONCE);
  private static final TdImage IMAGE = TdImage.named("node");

  private PolicyFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new PolicyFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static String base64(byte value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, value);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What a machine answers for a nonce of 32 times that byte. */
  private static ObjectNode answer(SimulatedTdxMachine machine) {
    byte[] reportData = new byte[64];
    Arrays.fill(reportData, 0, 32, NONCE);
    ObjectNode answer = object();
    answer.put("quoteB64", Base64.getEncoder().encodeToString(machine.quote(reportData)));
    answer.put("reportDataHex", HexFormat.of().formatHex(reportData));
    answer.set("eventLog", EventLogDocument.of(machine));
    return answer;
  }

  private static ObjectNode body(String role, ObjectNode answer) {
    ObjectNode body = object().put("release", "2.3.74").put("nonce_b64", NONCE_B64);
    body.set(role, answer);
    return body;
  }

  private static ObjectNode node(SimulatedTdxMachine machine) {
    return body("node", answer(machine));
  }

  @Test
  void proposesWhatTheQuotesProve() {
    DstackApp app = DstackApp.named("kms");
    SimulatedTdxMachine kms = app.launch(PLATFORM, TdImage.named("kms"));
    SimulatedTdxMachine node = PLATFORM.launch(IMAGE);
    ObjectNode body = body("kms", answer(kms)).put("commit", "a".repeat(40));
    body.set("node", answer(node));
    body.putArray("allowed_tcb_statuses").add("UpToDate");

    JsonNode answer = json(fixture.post(PATH, body));
    JsonNode candidate = answer.get("candidate");
    assertThat(candidate.get("status").stringValue()).isEqualTo("candidate");
    assertThat(candidate.get("profile").stringValue()).isEqualTo("locked-read-only");
    assertThat(candidate.at("/policy/kms_allowed_event_payload").toString())
        .isEqualTo("[\"" + app.composeHash() + "\"]");
    assertThat(candidate.at("/policy/node_allowed_rtmr2").toString())
        .isEqualTo("[\"" + HexFormat.of().formatHex(node.rtmr(2)) + "\"]");
    assertThat(candidate.at("/policy/node_allowed_tcb_statuses").toString())
        .isEqualTo("[\"uptodate\"]");
    assertThat(answer.get("nonce_verified").booleanValue()).isTrue();
    assertThat(answer.get("warnings").toString()).contains("not Intel's").doesNotContain("nonce");
  }

  @Test
  void withoutANonceNothingIsCalledFresh() {
    ObjectNode body = node(PLATFORM.launch(IMAGE));
    body.remove("nonce_b64");
    JsonNode answer = json(fixture.post(PATH, body));
    assertThat(answer.get("nonce_verified").isNull()).isTrue();
    assertThat(answer.get("warnings").toString()).contains("no nonce_b64 was given");
  }

  @Test
  void whatProvesNothingBecomesNoCandidate() {
    SimulatedTdxMachine machine = PLATFORM.launch(IMAGE);
    assertThat(outcome(fixture.post(PATH, node(machine).put("nonce_b64", base64((byte) 8)))))
        .isEqualTo("400 evidence_unusable");
    assertThat(outcome(fixture.post(PATH, body("node", object()))))
        .isEqualTo("400 evidence_unusable");
    ObjectNode other = answer(machine).put("reportDataHex", "00".repeat(64));
    assertThat(outcome(fixture.post(PATH, body("node", other)))).isEqualTo("400 evidence_unusable");
    ObjectNode enclave =
        object()
            .put(
                "quoteB64",
                Base64.getEncoder().encodeToString(PLATFORM.loadEnclave("x").quote(new byte[64])));
    assertThat(outcome(fixture.post(PATH, body("node", enclave))))
        .isEqualTo("400 evidence_unusable");
    assertThat(outcome(fixture.post(PATH, node(PLATFORM.launch(IMAGE.debug())))))
        .isEqualTo("422 evidence_refused");
    SimulatedTdxMachine forged =
        SimulatedPlatform.builder(NOW).seed("forger").build().launch(IMAGE);
    assertThat(outcome(fixture.post(PATH, node(forged)))).isEqualTo("422 evidence_refused");
  }

  @Test
  void anEventLogThatTheQuoteDoesNotProveIsRefused() {
    DstackApp app = DstackApp.named("kms");
    ObjectNode answer = answer(app.launch(PLATFORM, TdImage.named("kms")));
    ObjectNode cut = answer.deepCopy();
    ArrayNode events = (ArrayNode) cut.get("eventLog");
    events.remove(events.size() - 1);
    assertThat(outcome(fixture.post(PATH, body("kms", cut)))).isEqualTo("422 evidence_refused");
    String other = answer.get("eventLog").toString().replace(app.composeHash(), "0".repeat(64));
    answer.set("eventLog", JsonMapper.shared().readTree(other));
    assertThat(outcome(fixture.post(PATH, body("kms", answer)))).isEqualTo("400 evidence_unusable");
  }

  @Test
  void statusesAreDeclaredNotTaken() throws Exception {
    SimulatedPlatform old =
        SimulatedPlatform.builder(NOW)
            .pki(PLATFORM.pki())
            .fmspc("00B0C06F0000")
            .platformStatus("OutOfDate")
            .build();
    fixture.intel.serve(old.collateral());
    ObjectNode body = node(old.launch(IMAGE));
    body.putArray("allowed_tcb_statuses").add("uptodate");
    assertThat(json(fixture.post(PATH, body)).get("warnings").toString()).contains("not declared");
    assertThat(outcome(fixture.post(PATH, body.put("require_observed_allowed", true))))
        .isEqualTo("422 status_not_declared");
    for (String status : new String[] {"revoked", "fine", ""}) {
      body.putArray("allowed_tcb_statuses").add(status);
      assertThat(outcome(fixture.post(PATH, body))).as(status).isEqualTo("400 invalid_field");
    }
    body.putArray("allowed_tcb_statuses");
    assertThat(outcome(fixture.post(PATH, body))).isEqualTo("400 invalid_field");
  }

  @Test
  void withoutCollateralNobodyKnows() {
    fixture.intel.fault("", new HttpFault.Status(503));
    assertThat(outcome(fixture.post(PATH, node(PLATFORM.launch(IMAGE)))))
        .isEqualTo("503 collateral_unavailable");
  }

  @Test
  void fieldsAreChecked() {
    ObjectNode good = node(PLATFORM.launch(IMAGE));
    assertThat(outcome(fixture.post(PATH, good.deepCopy().put("release", "x"))))
        .isEqualTo("400 invalid_tag");
    assertThat(outcome(fixture.post(PATH, good.deepCopy().put("profile", "x"))))
        .isEqualTo("400 invalid_profile");
    assertThat(outcome(fixture.post(PATH, good.deepCopy().put("commit", "abc"))))
        .isEqualTo("400 invalid_field");
    assertThat(outcome(fixture.post(PATH, good.deepCopy().put("nonce_b64", "AAAA"))))
        .isEqualTo("400 invalid_field");
    assertThat(outcome(fixture.post(PATH, object().put("release", "2.3.74"))))
        .isEqualTo("400 invalid_field");
  }
}
