package network.calimero.tee.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.TransportBody;
import network.calimero.tee.functions.verify.Rechecked;
import network.calimero.tee.functions.verify.Report;
import network.calimero.tee.functions.verify.ReportCheck;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What anybody may send to the functions, and reports of theirs that somebody kept. */
final class CallTargets {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FAULT = 500;

  private CallTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "function_call", Target.VERIFYING, CallTargets::calls, CallTargets::call, Set.of()),
        new Target(
            "report",
            Target.VERIFYING,
            CallTargets::reports,
            CallTargets::report,
            Set.of(MalformedException.class, ApiException.class)));
  }

  private static final class Lazily {
    static final Functions FUNCTIONS = new Functions();
    static final ReportCheck REPORTS = reports();

    private static ReportCheck reports() {
      SignatureVerifier verifier = new SignatureVerifier(SignatureTargets.root());
      return new ReportCheck(
          Genuine.VERIFIER,
          new Signatures(RecognizedBundles.olderOnly(verifier), verifier, (_, _) -> List.of()),
          SignerRule.OFFICIAL,
          () -> 0);
    }
  }

  /** As a body to everything that takes one, as a query to the rest. */
  private static void call(Bytes bytes) {
    for (Endpoint endpoint : Lazily.FUNCTIONS.endpoints()) {
      if (endpoint.body().isPresent()) {
        answered(endpoint, "", bytes);
      } else {
        answered(endpoint, Genuine.text(bytes), Bytes.EMPTY);
      }
    }
    try {
      new TransportBody(Genuine.text(bytes), true).bytes(Lazily.FUNCTIONS.maxBody());
    } catch (ApiException e) {
      Target.requirePlain(e.found());
    }
  }

  private static ObjectNode answered(Endpoint endpoint, String query, Bytes body) {
    HttpAnswer answer = Lazily.FUNCTIONS.call(endpoint, query, body);
    if (answer.status() == FAULT || !answer.contentType().equals("application/json")) {
      throw new AssertionError("answered %d: %s".formatted(answer.status(), answer.body()));
    }
    ObjectNode object = JSON.readTree(answer.body().toArray()).asObject();
    if (object.has("error")) {
      Target.requirePlain(object.get("error").stringValue());
    }
    return object;
  }

  private static List<Bytes> calls() {
    String quote = StrictBase64.encode(Genuine.quote(Genuine.PLATFORM).toArray());
    String attestation = "{\"quoteB64\":\"%s\",\"eventLog\":[]}".formatted(quote);
    String policy =
        "{\"name\":\"a\",\"document\":{\"tag\":\"2.3.40\",\"policy\":{\"node_allowed_mrtd\":[\"%s\"]}}}"
            .formatted("ab".repeat(48));
    List<Bytes> calls = new ArrayList<>();
    for (String call :
        List.of(
            "{\"attestation\":%s}".formatted(attestation),
            "{\"data\":%s,\"agent\":true,\"release_tag\":\"mero-kms-v2.3.40\"}"
                .formatted(attestation),
            "{\"node_url\":\"https://node.example:8080/a\",\"profile\":\"debug\"}",
            "{\"peer_id\":\"p\",\"challenge\":\"c\",\"quote\":\"%s\",\"mrtd\":\"%s\"}"
                .formatted(quote, "00".repeat(48)),
            "{\"release\":\"2.3.40\",\"kms\":%s,\"allowed_tcb_statuses\":[\"UpToDate\"]}"
                .formatted(attestation),
            "{\"before\":[%1$s],\"after\":[%1$s],\"documents\":[%1$s]}".formatted(policy),
            "{\"tag\":\"2.3.40\",\"kms_url\":\"https://kms.example\",\"format\":\"json\"}",
            "tag=2.3.40&profile=locked%2Dread-only&limit=3")) {
      calls.add(Genuine.utf8(call));
    }
    return calls;
  }

  private static void report(Bytes bytes) throws MalformedException, ApiException {
    Report report = Report.parse(bytes);
    ReportCheck.Terms terms =
        new ReportCheck.Terms(Optional.empty(), Optional.empty(), Optional.empty());
    Rechecked rechecked = Lazily.REPORTS.check(report, terms, report.verifiedAt());
    if (rechecked.lines().isEmpty() || rechecked.verdict().isEmpty()) {
      throw new AssertionError("nothing was checked");
    }
    for (Rechecked.Line line : rechecked.lines()) {
      Target.requirePlain(line.detail());
      Target.requirePlain(line.reported());
    }
  }

  /** What the verifier answers, as it comes and as it is kept. */
  private static List<Bytes> reports() {
    Endpoint verify =
        Lazily.FUNCTIONS.endpoints().stream()
            .filter(endpoint -> endpoint.path().equals("/api/verify"))
            .findFirst()
            .orElseThrow();
    ObjectNode answer = answered(verify, "", calls().getFirst());
    ObjectNode report = JSON.createObjectNode();
    report.put("format", "mero-tee-report/1").put("checkedAt", Genuine.NOW.toString());
    report.putObject("request").put("agent", true);
    report.set("answer", answer);
    return List.of(Genuine.utf8(answer.toString()), Genuine.utf8(report.toString()));
  }
}
