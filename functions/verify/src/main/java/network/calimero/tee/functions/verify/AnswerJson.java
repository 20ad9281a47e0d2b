package network.calimero.tee.functions.verify;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.functions.verify.Check.Name;
import network.calimero.tee.functions.verify.VerifyCall.Evidence;
import network.calimero.tee.functions.verify.ita.Opinion;
import network.calimero.tee.quote.QuoteJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answer: the keys that callers of the original know, and beside them verdict and evidence. */
final class AnswerJson {
  private static final List<String> AGENT_KEYS =
      List.of(Bindings.PROVISIONING_KEY, Bindings.SIGNING_KEY, Bindings.OWNER_KEY);

  private final Verification verification;
  private final ObjectNode answer = JsonMapper.shared().createObjectNode();

  private AnswerJson(Verification verification) {
    this.verification = verification;
  }

  static ObjectNode of(Verification verification, Optional<Bytes> nonce, boolean madeHere) {
    AnswerJson json = new AnswerJson(verification);
    json.original();
    json.nonce(nonce, madeHere);
    json.answer.set("verdict", VerdictJson.of(verification));
    json.collateral();
    return json.answer;
  }

  private void original() {
    answer.set("attestation", attestation());
    authority();
    boolean fresh = verification.checks().hasPassed(Name.FRESHNESS);
    if (fresh) {
      answer.put("nonce_verified", true);
    } else {
      answer.putNull("nonce_verified");
    }
    // Whether the host holds the key would need a sealed request, whose form is not known here.
    answer.putNull("transport_verified");
    if (verification.call().agent()) {
      answer.put("agent_keys_verified", true);
      ObjectNode keys = answer.putObject("agent_keys");
      AGENT_KEYS.forEach(
          name -> keys.put(name, verification.attestation().text(name).orElse(null)));
    }
  }

  /** What was pasted as it was; of what a host answered, what its quote says. */
  private ObjectNode attestation() {
    Attestation evidence = verification.attestation();
    if (!(verification.call().evidence() instanceof Evidence.Node)) {
      return evidence.body();
    }
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("quoteB64", StrictBase64.encode(evidence.quote().bytes().toArray()));
    node.put("reportDataHex", evidence.report().reportData().hex());
    ObjectNode body = QuoteJson.of(evidence.quote()).get("body").asObject();
    body.put("reportdata", evidence.report().reportData().hex());
    node.set("quoteBody", body);
    evidence.text("transportPublicKey").ifPresent(key -> node.put("transportPublicKey", key));
    return node;
  }

  private void authority() {
    if (!(verification.ita() instanceof Opinion.Answered answered)) {
      answer.putNull("ita_response").putNull("ita_token");
      answer.putNull("ita_token_verified").putNull("ita_claims");
      return;
    }
    answer.set("ita_response", answered.response());
    answer.put("ita_token", answered.token());
    answer.put("ita_token_verified", answered.outcome() instanceof Opinion.Proven);
    answer.set("ita_claims", answered.unproven().orElse(null));
  }

  private void nonce(Optional<Bytes> nonce, boolean madeHere) {
    answer.put("nonce_b64", nonce.map(bytes -> StrictBase64.encode(bytes.toArray())).orElse(null));
    answer.put("nonce_from", nonce.isEmpty() ? null : madeHere ? "verifier" : "caller");
  }

  private void collateral() {
    answer.set("collateral", verification.own().used().map(CollateralJson::write).orElse(null));
  }
}
