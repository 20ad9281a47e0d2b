package network.calimero.tee.functions.verify;

import static network.calimero.tee.functions.verify.Scene.NONCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.CallsDocument;
import network.calimero.tee.simulator.http.LoopbackServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CallsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));
  private static final String UPDATE = "mero.docs.update";
  private static final String FILTER =
      "{nonce_verified, transport_verified, ita_token_verified, result: .verdict.result,"
          + " checks: (.verdict.checks | map({(.name): .result}) | add), error}";

  private final CallsDocument document =
      new CallsDocument(
          "verify",
          """
          Evidence of a node or a KMS through every check in order; public, and the only one that\
           calls strangers' hosts. Beside what is shown the answer has the evidence, each check's code\
           and reason, the tokens of Intel Trust Authority, the collateral and the release's\
           documents, so that anyone can check it again ([verify-report.md](verify-report.md)).\
           `null` is not checked, and `not_possible` says why; neither is ever a yes.\
          """);

  @Test
  void theDocumentShowsRealAnswers() throws Exception {
    try (VerifierFixture verifier =
            new VerifierFixture(VerifierFixture.Options.DEFAULT, Scene.RELEASE);
        LoopbackServer node = Scene.nodeServer();
        LoopbackServer kms = Scene.kmsServer()) {
      add("A node is asked", verifier, body("node_url", node.baseUri().toString()));
      add("A KMS is asked", verifier, body("kms_url", kms.baseUri().toString()));
      ObjectNode pasted = Scene.pasted(Scene.kmsAnswer(NONCE));
      add("What a KMS answered is pasted, with the nonce that it was sent", verifier, pasted);
      ObjectNode stale = pasted.deepCopy().put("nonce_b64", Scene.base64(Bytes.of(new byte[32])));
      add("An answer to another nonce", verifier, stale);
    }
    if (Boolean.getBoolean(UPDATE)) {
      document.write(ROOT);
    }
    assertThat(document.committed(ROOT))
        .as("docs/functions.md, written anew with -D%s=true", UPDATE)
        .isEqualTo(document.text());
  }

  private static ObjectNode body(String field, String value) {
    return JsonMapper.shared().createObjectNode().put(field, value);
  }

  private void add(String heading, VerifierFixture verifier, ObjectNode body) {
    HttpAnswer answer = verifier.post(body.toString());
    ObjectNode shown = body.deepCopy();
    if (shown.has("node_url")) {
      shown.put("node_url", "https://node.example.org");
    }
    if (shown.has("kms_url")) {
      shown.put("kms_url", "https://kms.phala.network");
    }
    if (shown.has("attestation")) {
      shown.putObject("attestation").put("quoteB64", "…").put("eventLog", "…");
    }
    String curl =
        "-s \"$FUNCTIONS%s\" -H 'Content-Type: application/json' \\\n    -d '%s' |\n  jq '%s'"
            .formatted(VerifyFunction.PATH, shown, FILTER);
    document.call(
        heading,
        curl,
        answer.status(),
        Map.of(),
        filtered(JsonMapper.shared().readTree(answer.body().toArray())));
  }

  /** What the filter leaves. */
  private static byte[] filtered(JsonNode answer) {
    ObjectNode left = JsonMapper.shared().createObjectNode();
    for (String flag :
        new String[] {"nonce_verified", "transport_verified", "ita_token_verified"}) {
      left.set(flag, answer.path(flag).isMissingNode() ? left.nullNode() : answer.get(flag));
    }
    left.set("result", answer.at("/verdict/result"));
    ObjectNode checks = left.putObject("checks");
    answer
        .at("/verdict/checks")
        .forEach(check -> checks.set(check.get("name").stringValue(), check.get("result")));
    left.put("error", answer.path("error").asString(null));
    return JsonMapper.shared().writeValueAsBytes(left);
  }
}
