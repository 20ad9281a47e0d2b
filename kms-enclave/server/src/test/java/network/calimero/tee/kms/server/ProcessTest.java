package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.kms.config.Variable;
import network.calimero.tee.kms.config.Variables;
import network.calimero.tee.kms.server.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The program as operators run it: its arguments, its environment, its exit codes, its signals. */
class ProcessTest {
  private static final Map<String, String> ANY_PORT = Map.of("LISTEN_ADDR", "127.0.0.1:0");

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private static Ended run(Map<String, String> environment, String... args) throws Exception {
    return run(Main.class, environment, args);
  }

  private static Ended run(Class<?> main, Map<String, String> environment, String... args)
      throws Exception {
    Process process = Serving.start(main, environment, args);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  @Test
  void helpListsEveryVariable() throws Exception {
    Ended help = run(Map.of(), "--help");

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    for (Variable<?> variable : Variables.all()) {
      assertThat(help.out()).contains(variable.name()).contains(variable.meaning());
    }
  }

  @Test
  void versionIsTold() throws Exception {
    assertThat(run(Map.of(), "--version").out()).startsWith("mero-tee-kms ");
  }

  @Test
  void unknownArgumentIsRefused() throws Exception {
    Ended ended = run(Map.of(), "--port=80");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--port=80").contains("--help");
  }

  @Test
  void wrongVariablesEndItWithCode2NamingAllOfThem() throws Exception {
    Ended ended = run(Map.of("LISTEN_ADDR", "x", "CHALLENGE_TTL_SECS", "0"));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("error: LISTEN_ADDR"))
        .anySatisfy(line -> assertThat(line).startsWith("error: CHALLENGE_TTL_SECS"));
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void passwordOfTheSharedStoreIsNeverLogged() throws Exception {
    Map<String, String> environment = new HashMap<>(ANY_PORT);
    environment.put("RUST_LOG", "trace");
    try (RedisServer store = RedisServer.single(folder)) {
      environment.put("REDIS_URL", store.url("not-the-password"));
      try (Serving kms = new Serving(Main.class, environment);
          KmsHttp http = new KmsHttp(kms.address)) {
        // Read while it writes: it says more than a pipe holds, and would wait for its reader.
        FutureTask<String> rest = new FutureTask<>(kms::rest);
        Thread.ofVirtual().start(rest);
        KmsHttp.Answer ready = http.get("/ready");
        assertThat(ready.response().body())
            .contains("challengeStore: the store refuses this login")
            .doesNotContain("not-the-password");
        kms.process.toHandle().destroy();
        assertThat(rest.get())
            .contains("server.stopped")
            .as("more is told, as RUST_LOG says")
            .contains("\"level\":\"debug\"")
            .doesNotContain("not-the-password");
      }
    }
  }

  @Test
  void portInUseEndsItWithCode1SayingWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Ended ended = run(Map.of("LISTEN_ADDR", address));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains(address).contains("in use").contains("LISTEN_ADDR");
    }
  }

  @Test
  void withoutAnAgentItServesAndSaysWhatIsMissing() throws Exception {
    Map<String, String> environment = new HashMap<>(ANY_PORT);
    environment.put("DSTACK_SOCKET_PATH", folder.resolve("nothing.sock").toString());
    try (Serving kms = new Serving(Main.class, environment)) {
      JsonNode event = kms.awaitEvent("dstack.unavailable");

      assertThat(event.get("details").stringValue()).contains("DSTACK_SOCKET_PATH");
      try (KmsHttp http = new KmsHttp(kms.address)) {
        assertThat(http.get("/health").status()).isEqualTo(200);
        assertThat(http.get("/ready").status()).isEqualTo(503);
      }
    }
  }

  @Test
  void aMachineThatMakesNoQuotesCannotBeAReplica() throws Exception {
    Map<String, String> environment = new HashMap<>(Site.policyVariables());
    environment.putAll(ANY_PORT);
    environment.put("MERO_KMS_BACKEND", "tdx");
    environment.put("MERO_KMS_BOOTSTRAP", "true");

    Ended ended = run(environment);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("this machine gives no quote about itself");
  }

  @Test
  void whatIsMissingOfTheProgramEndsItWithCode1() throws Exception {
    Map<String, String> environment = new HashMap<>(Site.policyVariables());
    environment.putAll(ANY_PORT);
    environment.put("MERO_KMS_BACKEND", "tdx");
    environment.put("MERO_KMS_BOOTSTRAP", "true");

    Ended ended = run(BrokenMain.class, environment);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("error: the start failed: ", "not/in/Lib");
  }

  @Test
  void sigtermEndsItWithCode0AndWithoutTheWordsOfStrangersInItsLog() throws Exception {
    try (Serving kms = new Serving(Main.class, ANY_PORT)) {
      try (RawSocket stranger = new RawSocket(kms.address)) {
        stranger.send("CONNECT /said-by-a-stranger HTTP/1.1~Host: kms~~").readAnswer();
      }
      kms.process.toHandle().destroy();

      assertThat(kms.rest())
          .contains("\"level\":\"info\",\"event\":\"server.stopped\"")
          .doesNotContain("said-by-a-stranger");
      assertThat(kms.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(kms.process.exitValue()).isZero();
    }
  }

  @Test
  void usedChallengeIsInvalidAfterAKillAndARestart() throws Exception {
    try (Surroundings around = new Surroundings()) {
      Map<String, String> unsealed = Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
      Map<String, Object> request;
      String key;
      try (Serving kms = around.serve(unsealed);
          KmsHttp http = new KmsHttp(kms.address)) {
        Node node = new Node(http, around.platform.launch(Site.NODE_IMAGE));
        request = node.request(node.challenge());
        key = http.post("/get-key", request).text("key");
        kms.process.destroyForcibly().waitFor();
      }
      try (Serving kms = around.serve(unsealed);
          KmsHttp http = new KmsHttp(kms.address)) {
        assertThat(kms.awaitEvent("dstack.app").get("appId").stringValue())
            .isEqualTo(around.app.appId());
        assertThat(http.post("/get-key", request).outcome()).isEqualTo("invalid_challenge");
        assertThat(new Node(http, around.platform.launch(Site.NODE_IMAGE)).getKey().text("key"))
            .hasSameSizeAs(key)
            .isNotEqualTo(key);
        assertThat(around.agent.count("GetKey")).isEqualTo(2);
      }
    }
  }
}
