package network.calimero.tee.functions.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.CallsDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CallsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));
  private static final String UPDATE = "mero.docs.update";

  private final CallsDocument document =
      new CallsDocument(
          "admission",
          """
          Who gets in ([trust-model.md](trust-model.md)). For the control plane only: on AWS a request\
           signed for IAM, as shown; on Google Cloud an OIDC identity token in its place (`-H\
           "Authorization: Bearer $TOKEN"`, for `GOOGLE_TOKEN_AUDIENCE`); a function on a laptop is\
           open, needs neither, and says so in each decision. Who may ask is what\
           `ADMISSION_CALLERS` lists. Reaches the release store and Intel's PCS.

          `admitted` true (200) and false (403) are verdicts and spend the challenge; whatever has\
           null there, or lacks it, is none. `assurance` is `attested` only for a quote bound to the\
           registration and to merod's registration constant (`ADMISSION_REGISTRATION_CONSTANT`, no\
           default); `claimed` is refused unless `ADMISSION_ALLOW_CLAIMED` is true.\
          """);

  @Test
  void theDocumentShowsRealAnswers() throws Exception {
    Node node = new Node(Fleet.node());
    try (Scene scene = new Scene()) {
      add("A registration as the newest sidecar makes it", node.registers("c-1"), scene);
      add("A quote that anybody could have asked for", node.registersByAttest("c-2"), scene);
      ObjectNode other = node.registers("c-3").put("relay_url", "https://evil.example");
      add("Another relay than quoted", other, scene);
    }
    try (Scene scene = new Scene("ADMISSION_RELEASES", "")) {
      add("Where nobody knows", node.registers("c-4"), scene);
    }
    if (Boolean.getBoolean(UPDATE)) {
      document.write(ROOT);
    }
    assertThat(document.committed(ROOT))
        .as("docs/functions.md, written anew with -D%s=true", UPDATE)
        .isEqualTo(document.text());
  }

  private void add(String heading, ObjectNode body, Scene scene) {
    HttpAnswer answer = scene.ask(body);
    String curl =
        "-i --aws-sigv4 aws:amz:$AWS_REGION:lambda \"$FUNCTIONS%s\" \\\n"
            + "    --user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\" \\\n"
            + "    -H \"X-Amz-Security-Token: $AWS_SESSION_TOKEN\" \\\n"
            + "    -H 'Content-Type: application/json' \\\n    -d '%s'";
    document.call(
        heading,
        curl.formatted(AdmissionEndpoint.PATH, body),
        answer.status(),
        Map.of("X-Mero-Tee", answer.headers().find("X-Mero-Tee").orElse("")),
        answer.body().toArray());
  }
}
