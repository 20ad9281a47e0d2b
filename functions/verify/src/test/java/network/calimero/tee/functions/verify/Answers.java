package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.OpenApiCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the verifier answers, and what tests read of it. */
final class Answers {
  private Answers() {}

  /** The answer, which is as described and says that it is simulated. */
  static JsonNode of(VerifierFixture verifier, JsonNode body, int status) {
    HttpAnswer answer = verifier.post(body.toString());
    JsonNode json = JsonMapper.shared().readTree(answer.body().toArray());
    assertThat(answer.status()).as(json.toString()).isEqualTo(status);
    assertThat(
            new OpenApiCheck(verifier.service.openApi().toString().getBytes(UTF_8))
                .violations(
                    "POST",
                    VerifyFunction.PATH,
                    answer.status(),
                    answer.contentType(),
                    answer.body().toArray()))
        .isEmpty();
    assertThat(KnownCodes.ALL).containsAll(codes(json));
    assertThat(json.get("simulated").booleanValue()).isTrue();
    assertThat(answer.headers().find("X-Mero-Tee")).contains("SIMULATED");
    return json;
  }

  /** The codes of its checks. */
  static List<String> codes(JsonNode answer) {
    return answer
        .at("/verdict/checks")
        .valueStream()
        .filter(check -> check.has("code"))
        .map(check -> check.get("code").stringValue())
        .toList();
  }

  /** The result of each check by its name. */
  static Map<String, String> results(JsonNode answer) {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode check : answer.at("/verdict/checks")) {
      results.put(check.get("name").stringValue(), check.get("result").stringValue());
    }
    return results;
  }

  /** The code of one check; empty if it passed. */
  static String code(JsonNode answer, String name) {
    return answer
        .at("/verdict/checks")
        .valueStream()
        .filter(check -> check.get("name").stringValue().equals(name))
        .map(check -> check.path("code").asString(""))
        .findFirst()
        .orElseThrow();
  }
}
