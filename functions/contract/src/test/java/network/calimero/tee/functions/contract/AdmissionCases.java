package network.calimero.tee.functions.contract;

import static network.calimero.tee.functions.contract.Replies.answered;
import static network.calimero.tee.functions.contract.Replies.refused;
import static network.calimero.tee.functions.contract.Replies.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import network.calimero.tee.functions.contract.ContractCases.Case;
import tools.jackson.databind.JsonNode;

/** Admission at every target: by callers that the platform proves, and by nobody else. */
final class AdmissionCases {
  private static final String PATH = "/api/admission";
  private static final String RELAY = "https://r.example";

  private final Surroundings surroundings;

  AdmissionCases(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void addTo(Map<String, Case> cases) {
    cases.put("admission: a registration of a proven caller", this::admitted);
    cases.put("admission: another relay than quoted", this::anotherRelay);
    cases.put(
        "admission: an unproven caller", refusing(registration("c-3"), 403, "caller_required"));
    cases.put("admission: words about a caller prove nothing", this::words);
    cases.put(
        "admission: a web page asks beforehand, and may not",
        target ->
            assertThat(
                    target
                        .send(Ask.of("OPTIONS", PATH).with("Origin", "https://example.org"))
                        .all("Access-Control-Allow-Origin"))
                .isEmpty());
  }

  private Ask registration(String challenge) {
    return Ask.post(PATH, surroundings.registration(challenge, RELAY).toString());
  }

  private void admitted(Target target) throws Exception {
    Reply reply = target.send(registration("c-1").byProvenCaller());
    if (target.proof().isEmpty()) {
      refused(reply, 403, "caller_required");
      return;
    }
    answered(reply, 200);
    JsonNode decision = reply.json();
    assertThat(decision.path("admitted").booleanValue()).isTrue();
    assertThat(decision.path("assurance").asString()).isEqualTo("attested");
    assertThat(decision.path("challenge").asString()).isEqualTo("c-1");
    assertThat(decision.path("caller_proof").asString())
        .isEqualTo(target.proof().get().toLowerCase(Locale.ROOT));
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private void anotherRelay(Target target) throws Exception {
    String body =
        surroundings.registration("c-2", RELAY).put("relay_url", "https://evil.example").toString();
    Reply reply = target.send(Ask.post(PATH, body).byProvenCaller());
    if (target.proof().isEmpty()) {
      refused(reply, 403, "caller_required");
      return;
    }
    answered(reply, 403);
    assertThat(reply.json().path("admitted").asBoolean(true)).isFalse();
    assertThat(reply.json().at("/reasons/0/code").asString()).isEqualTo("binding_differs");
  }

  private void words(Target target) throws Exception {
    Ask ask =
        registration("c-4")
            .with("X-Forwarded-User", "mdma")
            .with("X-Goog-Authenticated-User-Email", "accounts.google.com:mdma@example.org")
            .with("X-Amzn-Iam-User-Arn", Surroundings.CALLER)
            .with("Authorization", "Bearer e30.e30.SIGNATURE_REMOVED_BY_GOOGLE");
    refused(target.send(ask), 403, "caller_required");
  }
}
