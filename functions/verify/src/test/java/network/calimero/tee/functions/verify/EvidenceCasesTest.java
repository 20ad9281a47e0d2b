package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.verify.Scene.KEY;
import static network.calimero.tee.functions.verify.Scene.KMS;
import static network.calimero.tee.functions.verify.Scene.NODE;
import static network.calimero.tee.functions.verify.Scene.NONCE;
import static network.calimero.tee.functions.verify.Scene.STRANGER;
import static network.calimero.tee.functions.verify.Scene.ZEROS;
import static network.calimero.tee.functions.verify.Scene.base64;
import static network.calimero.tee.functions.verify.Scene.kmsAnswer;
import static network.calimero.tee.functions.verify.Scene.nodeAnswer;
import static network.calimero.tee.functions.verify.Scene.nonce;
import static network.calimero.tee.functions.verify.Scene.pasted;
import static network.calimero.tee.functions.verify.Scene.quote;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import network.calimero.tee.functions.verify.VerifierFixture.Options;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EvidenceCasesTest {
  private static final String POLICY = "kms-phala-attestation-policy." + Scene.PROFILE + ".json";

  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private VerifierFixture verifier;

  @BeforeEach
  void start() throws Exception {
    verifier = new VerifierFixture(Options.DEFAULT, Scene.RELEASE);
  }

  @AfterEach
  void stop() {
    verifier.close();
  }

  /** No evidence that an own check refuses may cost the authority's key anything. */
  @Test
  void evidenceMeetsWhatTheTableSays() throws Exception {
    bodies();
    quotes();
    nodes();
    keys();
    logs();
    releases();
    CaseTable table = CaseTable.read(Path.of(System.getProperty("mero.root")), "Evidence");

    assertThat(table.differences(attempts)).isEmpty();
    assertThat(verifier.ita.requests()).isEmpty();
  }

  private void bodies() {
    body("a node and an attestation", pasted(kmsAnswer(NONCE)).put("node_url", "http://127.0.0.1"));
    body("both spellings of one field", pasted(kmsAnswer(NONCE)).put("nonceB64", base64(NONCE)));
    body("a nonce of 31 bytes", pasted(kmsAnswer(NONCE)).put("nonce_b64", "AAAA".repeat(10)));
    body("a nonce without its padding", pasted(kmsAnswer(NONCE)).put("nonce_b64", "A".repeat(43)));
    body("a release of another name", pasted(kmsAnswer(NONCE)).put("release_tag", "v2.3.74"));
    body("a pre-release", pasted(kmsAnswer(NONCE)).put("release_tag", "mero-kms-v2.3.74-rc.1"));
    body("a profile of another name", pasted(kmsAnswer(NONCE)).put("profile", "locked"));
    body("a profile that leads elsewhere", pasted(kmsAnswer(NONCE)).put("profile", "../debug"));
    body(
        "a binding for a KMS behind a URL",
        object().put("kms_url", "http://127.0.0.1").put("binding_b64", base64(ZEROS)));
    body("an agent behind a URL", object().put("kms_url", "http://127.0.0.1").put("agent", true));
    body("an empty object", object());
    body("a node that is no public address", object().put("node_url", "http://127.0.0.1.nip.io/"));
    text("brackets, a hundred deep", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}");
    text("a key twice", "{\"quoteB64\":\"AAAA\",\"quoteB64\":\"BBBB\"}");
    text("three MiB", "{\"quoteB64\":\"" + "A".repeat(3 << 20) + "\"}");
  }

  private void quotes() {
    changed("a quote elsewhere", a -> a.set("quote", a.remove("quoteB64")));
    changed("two quotes that differ", a -> a.put("quote_b64", base64(stale())));
    changed("a quote that is no base64", a -> a.put("quoteB64", "AAA"));
    changed("a quote of 8 zeros", a -> a.put("quoteB64", base64(Bytes.of(new byte[8]))));
    changed("a quote of 200 KiB", a -> a.put("quoteB64", base64(Bytes.of(new byte[200 << 10]))));
    changed("a mock quote", a -> a.put("quoteB64", base64(mock())));
    changed("an older quote", a -> a.put("quoteB64", base64(stale())));
    changed(
        "an older quote, the right report data beside it",
        a -> a.put("quoteB64", base64(stale())).put("reportDataHex", NONCE.hex() + ZEROS.hex()));
    changed("a quote with a bit flipped", a -> a.put("quoteB64", base64(flipped())));
    changed("a quote of another root", a -> a.put("quoteB64", base64(foreign())));
    changed("a quote of a debug TD", a -> a.put("quoteB64", base64(debug())));
  }

  private static Bytes stale() {
    return quote(KMS, KEY, ZEROS);
  }

  private static Bytes mock() {
    byte[] mock = new byte[256];
    System.arraycopy("MOCK_TDX_QUOTE_V1".getBytes(UTF_8), 0, mock, 0, 17);
    return Bytes.of(mock);
  }

  private static Bytes flipped() {
    byte[] bytes = quote(KMS, NONCE, ZEROS).toArray();
    bytes[48 + 136] ^= 1; // MRTD
    return Bytes.of(bytes);
  }

  private static Bytes foreign() {
    SimulatedPlatform other = SimulatedPlatform.at(Instant.parse("2026-10-01T12:00:00Z"));
    return quote(other.launch(TdImage.named("dstack")), NONCE, ZEROS);
  }

  private static Bytes debug() {
    return quote(Scene.PLATFORM.launch(TdImage.named("dstack").debug()), NONCE, ZEROS);
  }

  private void nodes() {
    node("a node with a nonce of its own", call -> nodeAnswer(NODE, KEY, KEY));
    node("a node with another transport key", call -> nodeAnswer(NODE, nonce(call), ZEROS));
    node(
        "a node with a transport key that is no key",
        call -> dataChanged(call, data -> data.put("transportPublicKey", "00")));
    node(
        "a node with a KMS's transport key beside its own",
        call -> dataChanged(call, data -> data.put("transportPublicKeyB64", base64(KEY))));
    node("a node without a quote", call -> dataChanged(call, data -> data.remove("quoteB64")));
    node(
        "a node with half a quote",
        call -> dataChanged(call, data -> data.put("quoteB64", "AAAA")));
    node("a node of unknown software", call -> nodeAnswer(STRANGER, nonce(call), KEY));
    node("a KMS that says it is a node", call -> nodeAnswer(KMS, nonce(call), KEY));
  }

  private static ObjectNode dataChanged(HttpCall call, Consumer<ObjectNode> change) {
    ObjectNode answer = nodeAnswer(NODE, nonce(call), KEY);
    change.accept(answer.get("data").asObject());
    return answer;
  }

  private void keys() {
    agent("an agent's gate with another signing key", "signingPublicKeyB64", base64(KEY));
    agent("an agent's gate with a key of 31 bytes", "signingPublicKeyB64", "AAAA".repeat(10));
    agent("an owner for a gate that has none", "ownerPublicKeyB64", base64(KEY));
    body(
        "a KMS's answer, another transport key put beside it",
        pasted(kmsAnswer(NONCE).put("transportPublicKeyB64", base64(KEY))));
    body(
        "a node's answer, another transport key put beside it",
        pasted(nodeAnswer(NODE, NONCE, ZEROS)));
    body(
        "a node's answer, bound to an application too, which is not given",
        pasted(Scene.nodeAnswer(NODE, NONCE, Sha256.of("an application"), KEY)));
    body(
        "a KMS with another transport key, its binding given",
        pasted(kmsAnswer(NONCE).put("transportPublicKeyB64", base64(KEY)))
            .put("binding_b64", base64(ZEROS)));
  }

  private void agent(String name, String field, String value) {
    body(name, pasted(Scene.agentAnswer(false).put(field, value)).put("agent", true));
  }

  private void logs() {
    log("an event log without one of its events", log -> log.remove(7));
    log("an event log with its events in another order", log -> log.add(log.remove(6)));
    log(
        "an event log with another compose hash",
        log -> event(log, "compose-hash").put("event_payload", KEY.hex()));
    log(
        "an event log with another compose hash, its digest left out",
        log -> event(log, "compose-hash").put("event_payload", KEY.hex()).put("digest", ""));
    log("an event log that is a text", log -> log.removeAll().add("event"));
    log(
        "an event log of 5,000 events",
        log -> {
          for (int i = 0; i < 5_000; i++) {
            log.add(log.get(0));
          }
        });
    changed("an event log of more than a MiB", a -> a.put("eventLog", "x".repeat(1 << 20)));
  }

  private void log(String name, Consumer<ArrayNode> change) {
    changed(name, attestation -> change.accept(attestation.get("eventLog").asArray()));
  }

  private static ObjectNode event(ArrayNode log, String name) {
    return log.valueStream()
        .filter(event -> event.get("event").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .asObject();
  }

  private void releases() {
    body(
        "a KMS held to another profile",
        pasted(kmsAnswer(NONCE)).put("release_tag", tag()).put("profile", "debug"));
    body(
        "a KMS held to the release's nodes",
        pasted(nodeAnswer(KMS, NONCE, KEY)).put("release_tag", "mero-tee-v" + Scene.VERSION));
    spoiled(
        "a release whose policy was changed",
        release -> release.change(POLICY, EvidenceCasesTest::spaced));
    spoiled(
        "a release whose policy another workflow signed",
        release -> release.signedBy(POLICY, who -> who.withWorkflow("other.yaml", "Other")));
  }

  private static byte[] spaced(byte[] json) {
    return (new String(json, UTF_8) + " ").getBytes(UTF_8);
  }

  private static String tag() {
    return "mero-kms-v" + Scene.VERSION;
  }

  private void spoiled(String name, Function<SimulatedRelease, SimulatedRelease> how) {
    attempts.put(
        name,
        () -> {
          try (VerifierFixture own =
              new VerifierFixture(Options.DEFAULT, how.apply(Scene.RELEASE))) {
            String body = pasted(kmsAnswer(NONCE)).put("release_tag", tag()).toString();
            String code = code(own.post(body));
            assertThat(own.ita.requests()).isEmpty();
            return code;
          }
        });
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  private void node(String name, Function<HttpCall, ObjectNode> answer) {
    attempts.put(
        name,
        () -> {
          try (LoopbackServer node = Scene.nodeServer(answer)) {
            String url = node.baseUri().toString();
            return code(verifier.post(object().put("node_url", url).toString()));
          }
        });
  }

  private void changed(String name, Consumer<ObjectNode> change) {
    attempts.put(
        name,
        () -> {
          ObjectNode attestation = kmsAnswer(NONCE);
          change.accept(attestation);
          return code(verifier.post(pasted(attestation).toString()));
        });
  }

  private void body(String name, ObjectNode body) {
    text(name, body.toString());
  }

  private void text(String name, String body) {
    attempts.put(name, () -> code(verifier.post(body)));
  }

  /** The code of a refusal, or of the first check that failed. */
  private static String code(HttpAnswer answer) {
    JsonNode json = JsonMapper.shared().readTree(answer.body().toArray());
    assertThat(KnownCodes.ALL).containsAll(Answers.codes(json));
    if (answer.status() != 200) {
      return json.get("code").stringValue();
    }
    return json.at("/verdict/checks")
        .valueStream()
        .filter(check -> check.get("result").stringValue().equals("failed"))
        .map(check -> check.get("code").stringValue())
        .findFirst()
        .orElse("ok");
  }
}
