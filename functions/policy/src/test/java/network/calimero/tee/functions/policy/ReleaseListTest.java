package network.calimero.tee.functions.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.policy.PolicyFixture.NEWER;
import static network.calimero.tee.functions.policy.PolicyFixture.NEW_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.NOW;
import static network.calimero.tee.functions.policy.PolicyFixture.OLDER;
import static network.calimero.tee.functions.policy.PolicyFixture.json;
import static network.calimero.tee.functions.policy.PolicyFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.simulator.http.HttpFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReleaseListTest {
  private PolicyFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new PolicyFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private JsonNode list(String query) {
    HttpAnswer answer = fixture.get("/api/releases", query);
    assertThat(answer.status()).isEqualTo(200);
    return json(answer).get("releases");
  }

  private JsonNode entry(String tag) {
    return list("")
        .valueStream()
        .filter(entry -> entry.get("tag").stringValue().equals(tag))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> tags(JsonNode list) {
    return list.valueStream().map(entry -> entry.get("tag").stringValue()).toList();
  }

  @Test
  void newestFirstByDateEachVerifiedAndSayingHow() {
    fixture.server.list("mero-kms-v1.0.0", NOW);
    JsonNode list = list("");
    assertThat(tags(list))
        .containsExactly(
            "mero-kms-v1.0.0",
            "mero-tee-v2.3.112",
            "mero-kms-v2.3.112",
            "mero-tee-v2.3.74",
            "mero-kms-v2.3.74",
            "mero-tee-v2.3.40",
            "mero-kms-v2.3.40");
    JsonNode newest = entry("mero-kms-v2.3.112");
    assertThat(newest.get("verified").booleanValue()).isTrue();
    assertThat(newest.get("reason").isNull()).isTrue();
    assertThat(newest.at("/by/asset").stringValue()).isEqualTo(NEW_POLICY);
    assertThat(newest.at("/by/sha256").stringValue())
        .isEqualTo(Sha256.of(Bytes.of(NEWER.file(NEW_POLICY))).hex());
    assertThat(newest.at("/by/identity").stringValue()).contains("release-kms.yaml");
    assertThat(entry("mero-kms-v1.0.0").get("verified").booleanValue()).isFalse();
    assertThat(entry("mero-kms-v1.0.0").get("reason").stringValue()).contains("listed, but");
  }

  @Test
  void whatDoesNotVerifySaysSoAndWhatIsNotKnownIsNeverCalledVerified() {
    fixture.server.serve(
        OLDER.change("published-mrtds.json", it -> (new String(it, UTF_8) + " ").getBytes(UTF_8)));
    fixture.server.fault("v2.3.112/" + NEW_POLICY, new HttpFault.Status(503));
    JsonNode refused = entry("mero-tee-v2.3.74");
    assertThat(refused.get("verified").booleanValue()).isFalse();
    assertThat(refused.get("reason").stringValue()).contains("published-mrtds.json");
    assertThat(refused.get("by").isNull()).isTrue();
    JsonNode unknown = entry("mero-kms-v2.3.112");
    assertThat(unknown.get("verified").isNull()).isTrue();
    assertThat(unknown.get("reason").stringValue()).contains("release_status");
  }

  @Test
  void aWholeListCanBeKeptForAWhileAnIncompleteOneCannot() {
    HttpAnswer whole = fixture.get("/api/releases", "limit=2");
    assertThat(whole.headers().find("Cache-Control")).contains("public, max-age=300");
    assertThat(whole.headers().find("ETag")).isPresent();
    fixture.server.fault("v2.3.74/published-mrtds.json", new HttpFault.Status(503));
    HttpAnswer incomplete = fixture.get("/api/releases", "limit=4");
    assertThat(incomplete.headers().find("Cache-Control")).contains("no-store");
  }

  @Test
  void aListCanBeShortAndOfOneFamily() {
    assertThat(tags(list("limit=2&family=mero-tee")))
        .containsExactly("mero-tee-v2.3.112", "mero-tee-v2.3.74");
    for (String query : List.of("limit=0", "limit=41", "limit=-1", "limit=x", "family=kms")) {
      assertThat(outcome(fixture.get("/api/releases", query)))
          .as(query)
          .isEqualTo("400 invalid_query");
    }
  }

  @Test
  void withoutAListThereIsNoAnswerRatherThanAnEmptyOne() {
    fixture.server.fault("index.json", new HttpFault.Status(403));
    assertThat(outcome(fixture.get("/api/releases", ""))).isEqualTo("502 release_host_failed");
  }
}
