package network.calimero.tee.release.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.PolicyDocumentException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a document says, it is refused with a reason or reviewed. */
class PolicyFileRobustnessTest {
  private static final int ROUNDS = 3_000;
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "\"\"",
          "\"\\u001b[2J\\n\"",
          "[]",
          "[[]]",
          "{}",
          "\"../../etc\"",
          "\"2.3.73\"",
          "[\"" + "0".repeat(96) + "\"]");

  private final Random random = new Random(20261122);

  /** One of the objects inside, itself included. */
  private ObjectNode anyObject(JsonNode root) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    return objects.get(random.nextInt(objects.size()));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private ObjectNode document() {
    ObjectNode index = JsonMapper.shared().createObjectNode();
    ArrayNode releases = index.putArray("releases");
    releases.addObject().put("version", "2.1.4").put("kms_policy_file", "policies/a/2.1.4.json");
    return switch (random.nextInt(5)) {
      case 0 -> PolicyText.policy("2.3.73", "debug");
      case 1 -> PolicyText.clusterPolicy("2.3.112", "locked-read-only");
      case 2 -> PolicyText.published("2.3.73");
      case 3 -> PolicyText.registry("2.1.4");
      default -> index;
    };
  }

  private void change(ObjectNode document) {
    ObjectNode object = anyObject(document);
    List<String> names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(3) == 0) {
      object.remove(name);
    } else {
      String value = VALUES.get(random.nextInt(VALUES.size()));
      object.set(name, JsonMapper.shared().readTree(value));
    }
  }

  @Test
  void isRefusedOrReviewed() {
    int reviewed = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode document = document();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        change(document);
      }
      try {
        PolicyFile file = PolicyText.file("document", document);
        LintReport report = PolicyLint.lint(List.of(file, file));
        assertThat(report.findings())
            .allSatisfy(
                it -> assertThat(it.subject() + it.detail()).doesNotContain("\u001b", "\n"));
        assertThat(Explanation.of(file).remarks()).isNotEmpty();
        assertThat(PolicyDiff.between(List.of(file), List.of(file)).same()).isTrue();
        reviewed++;
      } catch (PolicyDocumentException e) {
        assertThat(e.reason()).isNotBlank().doesNotContain("\n", "\u001b");
        refused++;
      }
    }
    assertThat(reviewed).isGreaterThan(ROUNDS / 10);
    assertThat(refused).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void bytesThatAreNoDocumentAreRefused() {
    byte[] text = PolicyText.policy("2.3.73", "debug").toString().getBytes(UTF_8);
    for (int length = 0; length < text.length; length += 7) {
      Bytes cut = Bytes.copyOf(text, 0, length);
      assertThat(refusal(cut)).startsWith("document: not ");
    }
    assertThat(refusal(Bytes.of(new byte[PolicyFile.MAX_SIZE + 1]))).contains("more than");
    assertThat(refusal(Bytes.of("[]".getBytes(UTF_8)))).contains("not a JSON object");
    assertThat(refusal(Bytes.of("{\"a\":1,\"a\":1}".getBytes(UTF_8)))).contains("not JSON");
  }

  private static String refusal(Bytes text) {
    try {
      return PolicyFile.read("document", text).toString();
    } catch (PolicyDocumentException e) {
      return e.reason();
    }
  }
}
