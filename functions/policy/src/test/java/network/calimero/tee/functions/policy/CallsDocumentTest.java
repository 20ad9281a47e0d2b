package network.calimero.tee.functions.policy;

import static network.calimero.tee.functions.policy.PolicyFixture.LOCKED;
import static network.calimero.tee.functions.policy.PolicyFixture.PLATFORM;
import static network.calimero.tee.functions.policy.PolicyFixture.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.testkit.CallsDocument;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CallsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));
  private static final String UPDATE = "mero.docs.update";
  private static final List<String> SHOWN =
      List.of("X-Mero-Tee", "X-Mero-Verified", "X-Mero-Asset", "Cache-Control", "Content-Type");

  private final CallsDocument document =
      new CallsDocument(
          "policy",
          "Public reads of releases, each verified before it is served, and what is made of them."
              + " Reaches the release store, and for candidates Intel's PCS.\n\n"
              + "The list of releases is that of GitHub's API, which answers one address sixty times"
              + " an hour (`GITHUB_TOKEN` lifts that; beyond it the last list is served for a day,"
              + " and where there is none the refusal says so), or, where that fails, a file `index.json` of the same form at a mirror"
              + " (`RELEASES_MIRRORS`): only its order is believed. A mirror in `RELEASES_URL` is"
              + " asked for `index.json` alone.");

  @Test
  void theDocumentShowsRealAnswers() throws Exception {
    try (PolicyFixture fixture = new PolicyFixture()) {
      get(fixture, "The newest releases", "/api/releases", "limit=2");
      get(fixture, "A policy", "/api/policy", "tag=mero-kms-v2.3.112&profile=" + LOCKED);
      get(fixture, "What node images measure", "/api/node-policy", "tag=mero-tee-v2.3.112");
      get(fixture, "Which images belong together", "/api/compat-map", "tag=mero-kms-v2.3.112");
      ObjectNode config = object().put("tag", "2.3.112").put("kms_url", "https://kms.example.org");
      post(fixture, "merod's configuration", "/api/policy/merod-config", config);
      post(
          fixture,
          "The same as JSON",
          "/api/policy/merod-config",
          config.deepCopy().put("format", "json"));
      post(fixture, "A candidate", "/api/policy/candidates", candidate());
      ObjectNode diff = object();
      diff.putArray("before").addObject().put("release", "2.3.74");
      diff.putArray("after").addObject().put("release", "2.3.112");
      post(fixture, "What changes from one release to another", "/api/policy/diff", diff);
      ObjectNode lint = object();
      lint.putArray("documents").addObject().put("release", "2.3.40");
      post(fixture, "Weaknesses", "/api/policy/lint", lint);
      assertThat(fixture.paths())
          .allSatisfy(path -> assertThat(document.text()).contains("$FUNCTIONS" + path));
    }
    if (Boolean.getBoolean(UPDATE)) {
      document.write(ROOT);
    }
    assertThat(document.committed(ROOT))
        .as("docs/functions.md, written anew with -D%s=true", UPDATE)
        .isEqualTo(document.text());
  }

  private static ObjectNode candidate() {
    byte[] nonce = new byte[32];
    Arrays.fill(nonce, (byte) 7);
    byte[] reportData = Arrays.copyOf(nonce, 64);
    ObjectNode body = object().put("release", "2.3.112");
    body.put("nonce_b64", Base64.getEncoder().encodeToString(nonce));
    byte[] quote = PLATFORM.launch(TdImage.named("node")).quote(reportData);
    body.putObject("node").put("quoteB64", Base64.getEncoder().encodeToString(quote));
    return body;
  }

  private void get(PolicyFixture fixture, String heading, String path, String query) {
    add(heading, "-i \"$FUNCTIONS%s?%s\"".formatted(path, query), fixture.get(path, query));
  }

  private void post(PolicyFixture fixture, String heading, String path, ObjectNode body) {
    String curl =
        "-i \"$FUNCTIONS%s\" -H 'Content-Type: application/json' \\\n    -d '%s'"
            .formatted(path, body);
    add(heading, curl, fixture.post(path, body));
  }

  private void add(String heading, String curl, HttpAnswer answer) {
    assertThat(answer.status()).isEqualTo(200);
    Map<String, String> headers = new TreeMap<>();
    SHOWN.forEach(name -> answer.headers().find(name).ifPresent(value -> headers.put(name, value)));
    document.call(heading, curl, answer.status(), headers, answer.body().toArray());
  }
}
