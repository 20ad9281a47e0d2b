package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.ReleasedKey;
import network.calimero.tee.node.SealedExchange;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demonstration that stays up: what clients find, and that nothing stays behind. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class KeptDemoTest {
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path temporary;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  private DemoProcess demo;

  @BeforeEach
  void start() throws IOException {
    temporary = Files.createDirectory(folder.resolve("t"));
    file = folder.resolve("demo.json");
    demo = DemoProcess.start(temporary, "--keep", "--addresses", file.toString());
    demo.awaitLine("play-the-node");
  }

  @AfterEach
  void kill() {
    demo.close();
  }

  private JsonNode addresses() throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }

  private static X25519PublicKey transportKey(KmsClient kms) throws NodeException {
    Bytes nonce = Bytes.of(new byte[32]);
    return kms.attest(nonce, nonce, true).transportKey().orElseThrow();
  }

  @Test
  void clientsThatReadTheFileGetTheKeyThatNobodyTellsAndSigtermLeavesNothing() throws Exception {
    JsonNode addresses = addresses();
    assertThat(addresses.propertyNames())
        .contains("kms", "pcs", "kmsAgentSocket", "nodeAgentSocket", "root");
    try (KmsClient kms = new KmsClient(URI.create(addresses.get("kms").stringValue()));
        DstackClient machine = client(addresses, "nodeAgentSocket");
        DstackClient backend = client(addresses, "kmsAgentSocket");
        Node node = new Node(kms, machine);
        SealedExchange exchange = node.begin(transportKey(kms));
        ReleasedKey key = exchange.complete();
        SecretBytes derived = backend.getKey("merod/storage/locked-read-only/" + node.peerId())) {
      String hex = new String(key.hexText(), UTF_8);

      assertThat(hex).isEqualTo(derived.use(bytes -> Bytes.of(bytes).hex()));
      String log = Files.readString(Path.of(addresses.get("kmsLog").stringValue()));
      assertThat(log).contains("SIMULATED", node.peerId().text()).doesNotContain(hex);
      assertThat(demo.output()).contains(addresses.get("kms").stringValue()).doesNotContain(hex);
    }
    functionsAnswerAndSayThatTheyAreSimulated(addresses);
    exampleInPythonOfTheDocumentIsANode();
    sigtermEndsEverythingAndLeavesNothing();
  }

  private static void functionsAnswerAndSayThatTheyAreSimulated(JsonNode addresses)
      throws Exception {
    URI verify = URI.create(addresses.get("functions").stringValue() + "/api/verify");
    String body = "{\"node_url\":\"%s\"}".formatted(addresses.get("node").stringValue());
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(verify)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode json = JsonMapper.shared().readTree(answer.body());

      assertThat(answer.headers().firstValue("X-Mero-Tee")).contains("SIMULATED");
      assertThat(json.path("simulated").asBoolean(false)).isTrue();
      assertThat(json.path("verdict").path("result").asString("")).isEqualTo("passed");
    }
  }

  private void exampleInPythonOfTheDocumentIsANode() throws Exception {
    Path document = Path.of(System.getProperty("mero.root", ".."), "docs", "play-the-node.md");
    Matcher code = PYTHON.matcher(Files.readString(document));
    assertThat(code.find()).isTrue();
    Path script = Files.writeString(folder.resolve("node.py"), code.group(1));
    boolean possible = runs("python3", "--version") && runs("openssl", "version");
    if (!possible) {
      System.out.println("SKIPPED: no python3 or openssl: docs/play-the-node.md was not tried");
      return;
    }

    Process node =
        new ProcessBuilder("python3", script.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);

    assertThat(node.waitFor()).as(output).isZero();
    assertThat(output).matches("12D3KooW\\w{44} [0-9a-f]{64}\n");
  }

  private static DstackClient client(JsonNode addresses, String socket) {
    Path path = Path.of(addresses.get(socket).stringValue());
    return new DstackClient(path, DstackClient.Limits.DEFAULT);
  }

  private void sigtermEndsEverythingAndLeavesNothing() throws Exception {
    List<ProcessHandle> children = demo.handle().descendants().toList();
    assertThat(children).isNotEmpty();
    assertThat(temporary).isNotEmptyDirectory();

    demo.handle().destroy();

    assertThat(demo.awaitEnd()).as(demo.output()).isZero();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(file).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void kmsDoesNotOutliveADemonstrationThatIsKilled() throws Exception {
    List<ProcessHandle> children = demo.handle().descendants().toList();
    assertThat(children).isNotEmpty();

    demo.handle().destroyForcibly();

    for (ProcessHandle child : children) {
      assertThat(child.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
