package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.ita.TokenKey;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One platform with a KMS, a node and an agent's gate on it, and the release that they are of. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final String VERSION = "2.3.74";
  static final String PROFILE = "locked-read-only";
  static final TokenKey ITA_KEY = TokenKey.known("simulated-1");
  static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);
  static final DstackApp APP = DstackApp.named("kms");
  static final SimulatedTdxMachine KMS = APP.launch(PLATFORM, TdImage.named("dstack"));
  static final SimulatedTdxMachine NODE = node();
  static final SimulatedTdxMachine STRANGER = PLATFORM.launch(TdImage.named("stranger"));
  static final SimulatedRelease RELEASE =
      SimulatedRelease.builder(VERSION, ReleaseGeneration.B)
          .kms(PROFILE, KMS)
          .composeHash(PROFILE, APP.composeHash())
          .node(PROFILE, NODE)
          .build();

  static final Bytes NONCE = Sha256.of("a caller's nonce");
  static final Bytes KEY = Sha256.of("a transport key");
  static final Bytes KMS_BINDING = Sha256.of("mero-kms-phala-attest-v1");
  static final Bytes ZEROS = Bytes.of(new byte[32]);
  private static final String NODE_DOMAIN = "calimero.tee-attest.transport-key.v1";

  private Scene() {}

  private static SimulatedTdxMachine node() {
    SimulatedTdxMachine machine = PLATFORM.launch(TdImage.named("node"));
    machine.extend(3, new byte[48]);
    return machine;
  }

  static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  static Bytes concat(Bytes... parts) {
    byte[][] arrays = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      arrays[i] = parts[i].toArray();
    }
    return Bytes.of(network.calimero.tee.simulator.codec.Bytes.concat(arrays));
  }

  static Bytes digest(String domain, Bytes... parts) {
    return Sha256.of(concat(Bytes.of(domain.getBytes(US_ASCII)), concat(parts)));
  }

  static Bytes quote(SimulatedTdxMachine machine, Bytes nonce, Bytes second) {
    return Bytes.of(machine.quote(concat(nonce, second).toArray()));
  }

  /** What a KMS on dstack answers. */
  static ObjectNode kmsAnswer(Bytes nonce) {
    return kmsAnswerWith(nonce, KMS_BINDING);
  }

  /** What it answers to who asks for its transport key, too. */
  static ObjectNode sealableKmsAnswer(Bytes nonce, Bytes binding) {
    return kmsAnswerWith(nonce, digest("mero-kms/attest-transport-key/v1", binding, KEY))
        .put("transportPublicKeyB64", base64(KEY));
  }

  private static ObjectNode kmsAnswerWith(Bytes nonce, Bytes second) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("quoteB64", base64(quote(KMS, nonce, second)));
    answer.put("reportDataHex", concat(nonce, second).hex());
    answer.set("eventLog", JsonMapper.shared().readTree(EventLogDocument.of(KMS).toString()));
    return answer.put("vmConfig", "{}");
  }

  /** The body of a call that pastes something with the caller's nonce. */
  static ObjectNode pasted(ObjectNode attestation) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("attestation", attestation);
    return body.put("nonce_b64", base64(NONCE));
  }

  /** A KMS that can be asked. */
  static LoopbackServer kmsServer() throws Exception {
    return LoopbackServer.start(
        0,
        call -> {
          JsonNode body = JsonMapper.shared().readTree(call.body());
          byte[] nonce = Base64.getDecoder().decode(body.path("nonceB64").asString());
          return json(kmsAnswer(Bytes.of(nonce)));
        });
  }

  /** A node that can be asked; it knows transport keys. */
  static LoopbackServer nodeServer() throws Exception {
    return nodeServer(call -> nodeAnswer(NODE, nonce(call), KEY));
  }

  static LoopbackServer nodeServer(Function<HttpCall, ObjectNode> answer) throws Exception {
    return LoopbackServer.start(
        0,
        call ->
            call.path().equals("/admin-api/tee/attest")
                ? json(answer.apply(call))
                : HttpAnswer.empty(404));
  }

  static Bytes nonce(HttpCall call) {
    return Bytes.fromHex(JsonMapper.shared().readTree(call.body()).path("nonce").asString());
  }

  static ObjectNode nodeAnswer(SimulatedTdxMachine machine, Bytes nonce, Bytes boundTo) {
    return nodeAnswer(machine, nonce, ZEROS, boundTo);
  }

  static ObjectNode nodeAnswer(
      SimulatedTdxMachine machine, Bytes nonce, Bytes application, Bytes boundTo) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ObjectNode data = answer.putObject("data");
    Bytes second = digest(NODE_DOMAIN, application, boundTo);
    data.put("quoteB64", base64(quote(machine, nonce, second)));
    data.put("transportPublicKey", KEY.hex());
    return answer;
  }

  /** What an agent's gate answers. */
  static ObjectNode agentAnswer(boolean claimed) {
    Bytes provisioning = Sha256.of("provisioning");
    Bytes signing = Sha256.of("signing");
    Bytes owner = claimed ? Sha256.of("owner") : ZEROS;
    Bytes second = digest("mero-agent-gate/attest/v2", provisioning, signing, owner);
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("quoteB64", base64(quote(STRANGER, NONCE, second)));
    answer.put("provisioningPublicKeyB64", base64(provisioning));
    answer.put("signingPublicKeyB64", base64(signing));
    return claimed
        ? answer.put("ownerPublicKeyB64", base64(owner))
        : answer.putNull("ownerPublicKeyB64");
  }

  static HttpAnswer json(ObjectNode body) {
    return HttpAnswer.ok("application/json", body.toString().getBytes(US_ASCII));
  }
}
