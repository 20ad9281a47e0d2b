package network.calimero.tee.functions.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.policy.PolicyFixture.LOCKED;
import static network.calimero.tee.functions.policy.PolicyFixture.NEWER;
import static network.calimero.tee.functions.policy.PolicyFixture.NEW_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.OLDER;
import static network.calimero.tee.functions.policy.PolicyFixture.OLD_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.json;
import static network.calimero.tee.functions.policy.PolicyFixture.object;
import static network.calimero.tee.functions.policy.PolicyFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReviewsTest {
  private static final String DIFF = "/api/policy/diff";
  private static final String LINT = "/api/policy/lint";

  private PolicyFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new PolicyFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static ObjectNode document(SimulatedRelease release, String asset) {
    ObjectNode entry = object().put("name", release.version() + "/" + asset);
    entry.set("document", JsonMapper.shared().readTree(release.file(asset)));
    return entry;
  }

  private static ObjectNode release(String version) {
    return object().put("release", version);
  }

  private static ObjectNode sides(ObjectNode before, ObjectNode after) {
    ObjectNode body = object();
    body.putArray("before").add(before);
    body.putArray("after").add(after);
    return body;
  }

  private static ObjectNode documents(ObjectNode... entries) {
    ObjectNode body = object();
    body.putArray("documents").addAll(List.of(entries));
    return body;
  }

  @Test
  void policiesAreComparedListByList() {
    ObjectNode old = document(OLDER, OLD_POLICY);
    assertThat(json(fixture.post(DIFF, sides(old, old))).get("same").booleanValue()).isTrue();
    JsonNode diff = json(fixture.post(DIFF, sides(old, document(NEWER, NEW_POLICY))));
    assertThat(diff.get("same").booleanValue()).isFalse();
    assertThat(diff.at("/cohorts/0/cohort").stringValue()).contains(LOCKED);
  }

  @Test
  void releasesAreComparedByWhatTheyPublishedAndOnlyIfItVerifies() {
    JsonNode diff = json(fixture.post(DIFF, sides(release("2.3.74"), release("2.3.112"))));
    assertThat(diff.get("cohorts").size()).isGreaterThanOrEqualTo(6);
    JsonNode same = json(fixture.post(DIFF, sides(release("2.3.74"), release("mero-kms-v2.3.74"))));
    assertThat(same.get("same").booleanValue()).isTrue();

    assertThat(outcome(fixture.post(DIFF, sides(release("2.3.74"), release("9.9.9")))))
        .isEqualTo("404 release_not_found");
  }

  @Test
  void aReleaseThatDoesNotVerifyIsNotCompared() {
    fixture.server.serve(
        NEWER.change(NEW_POLICY, it -> (new String(it, UTF_8) + " ").getBytes(UTF_8)));
    assertThat(outcome(fixture.post(DIFF, sides(release("2.3.74"), release("2.3.112")))))
        .isEqualTo("502 release_refused");
  }

  @Test
  void weaknessesAreNamed() {
    ObjectNode weak = document(OLDER, OLD_POLICY);
    ((ObjectNode) weak.at("/document/policy"))
        .putArray("kms_allowed_tcb_statuses")
        .add("outofdate");
    JsonNode report = json(fixture.post(LINT, documents(weak)));
    assertThat(report.at("/counts/error").intValue()).isPositive();
    assertThat(report.at("/documents/0/findings").valueStream())
        .anyMatch(finding -> finding.get("code").stringValue().equals("tcb_only_out_of_date"));
    JsonNode sound = json(fixture.post(LINT, documents(release("2.3.112"))));
    assertThat(sound.get("documents").size()).isEqualTo(4);
    assertThat(sound.at("/counts/error").intValue()).isZero();
  }

  @Test
  void whatIsNoPolicyIsRefused() {
    ObjectNode empty = object();
    empty.putObject("document");
    assertThat(outcome(fixture.post(LINT, documents(empty)))).isEqualTo("400 document_malformed");
    ObjectNode named = document(OLDER, OLD_POLICY);
    for (ObjectNode body :
        List.of(
            object(),
            object().put("documents", 1),
            documents(),
            documents(object()),
            documents(named, named),
            documents(named.deepCopy().put("release", "2.3.74")),
            documents(named.deepCopy().put("name", 1)),
            documents(release("2.3.40"), release("2.3.74"), release("2.3.112")))) {
      assertThat(outcome(fixture.post(LINT, body)))
          .as(body.toString())
          .isEqualTo("400 invalid_field");
    }
    assertThat(outcome(fixture.post(LINT, documents(release("latest")))))
        .isEqualTo("400 invalid_tag");
  }
}
