package network.calimero.tee.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.dstack.AgentFault;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DstackAgentTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DATA = "5a".repeat(64);

  @TempDir private Path directory;

  private final DstackApp app = DstackApp.named("kms");
  private final SimulatedTdxMachine machine =
      app.launch(SimulatedPlatform.builder(NOW).seed("agent").build(), TdImage.named("kms"));
  private Path socket;
  private DstackAgent agent;

  @BeforeEach
  void start() throws IOException {
    socket = directory.resolve("agent.sock");
    agent = DstackAgent.start(socket, app, machine);
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
  }

  @Test
  void keysHangOnApplicationAndPathAlone() throws IOException {
    String key = key("{\"path\":\"a/b\",\"purpose\":\"\",\"algorithm\":\"secp256k1\"}");
    assertThat(key).matches("[0-9a-f]{64}");
    assertThat(key("{\"path\":\"a/b\",\"purpose\":\"other\"}")).isEqualTo(key);
    assertThat(key("{\"path\":\"a/c\"}")).isNotEqualTo(key);
    assertThat(key("{\"path\":\"a/b\",\"algorithm\":\"ed25519\"}")).isNotEqualTo(key);
    assertThat(get("/GetKey?path=a%2Fb").body().path("key").stringValue()).isEqualTo(key);
    assertThat(Bytes.hex(app.redeployed("{}").key("a/b", "secp256k1"))).isEqualTo(key);
    assertThat(Bytes.hex(DstackApp.named("other").key("a/b", "secp256k1"))).isNotEqualTo(key);
  }

  @Test
  void signatureChainHasTwoRecoverableSignatures() throws IOException {
    JsonNode chain = post("/GetKey", "{\"path\":\"p\"}").body().path("signature_chain");
    assertThat(chain.size()).isEqualTo(2);
    assertThat(chain.get(0).stringValue()).hasSize(130);
  }

  @Test
  void quotesAreOverTheReportDataAskedFor() throws IOException {
    JsonNode answer = quote(DATA);
    assertThat(answer.path("report_data").stringValue()).isEqualTo(DATA);
    assertThat(reportData(answer)).isEqualTo(DATA);
    assertThat(reportData(quote("0102"))).isEqualTo("0102" + "00".repeat(62));
    assertThat(JSON.readTree(answer.path("vm_config").stringValue()).isObject()).isTrue();
  }

  @Test
  void theLogReplaysToTheRegistersOfTheQuote() throws Exception {
    JsonNode answer = quote(DATA);
    byte[] quote = Jdk.unhex(answer.path("quote").stringValue());
    byte[][] registers = {new byte[48], new byte[48], new byte[48], new byte[48]};
    List<String> names = new ArrayList<>();
    for (JsonNode event : JSON.readTree(answer.path("event_log").stringValue())) {
      int register = event.path("imr").intValue();
      byte[] digest = Jdk.unhex(event.path("digest").stringValue());
      if (register == 3) {
        names.add(event.path("event").stringValue());
        assertThat(digest).isEqualTo(runtimeDigest(event));
      }
      registers[register] = Jdk.hash("SHA-384", registers[register], digest);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(new QuoteBytes(quote).at(376 + 48 * i, 48)).isEqualTo(registers[i]);
    }
    assertThat(names)
        .containsExactly(
            "system-preparing",
            "app-id",
            "compose-hash",
            "instance-id",
            "boot-mr-done",
            "key-provider",
            "system-ready");
  }

  @Test
  void infoNamesTheApplicationAsMeasured() throws Exception {
    JsonNode info = post("/Info", "{}").body();
    String hash = Bytes.hex(Jdk.hash("SHA-256", app.appCompose().getBytes(UTF_8)));
    assertThat(info.path("compose_hash").stringValue()).isEqualTo(hash);
    assertThat(info.path("app_id").stringValue()).isEqualTo(hash.substring(0, 40));
    JsonNode tcbInfo = JSON.readTree(info.path("tcb_info").stringValue());
    assertThat(tcbInfo.path("rtmr3").stringValue()).isEqualTo(Bytes.hex(machine.rtmr(3)));
    assertThat(tcbInfo.path("app_compose").stringValue()).isEqualTo(app.appCompose());
    assertThat(tcbInfo.path("event_log").isArray()).isTrue();
  }

  @Test
  void badCallsAreToldWhatIsWrong() throws IOException {
    assertError(post("/GetQuote", "{\"report_data\":\"xyz\"}"), 400, "report_data is not hex");
    assertError(
        post("/GetQuote", "{\"report_data\":\"" + "00".repeat(65) + "\"}"),
        400,
        "report_data is over 64 bytes");
    assertError(post("/GetQuote", "{\"report_data\":1}"), 400, "report_data is not a text");
    assertError(post("/GetKey", "{\"algorithm\":\"rsa\"}"), 400, "unsupported algorithm rsa");
    assertError(post("/GetKey", "{"), 400, "body is not JSON");
    assertError(post("/DeriveKey", "{}"), 404, "no method DeriveKey");
    assertError(send("PUT /Info HTTP/1.1\r\n\r\n"), 405, "method not allowed");
    assertError(send("nonsense\r\n\r\n"), 400, "not a request line");
  }

  @Test
  void bodiesAndHeadersAreLimited() throws IOException {
    assertError(
        send("POST /Info HTTP/1.1\r\nContent-Length: 65537\r\n\r\n"), 413, "body is over 64 KiB");
    assertThat(key("{\"path\":\"" + "x".repeat(65_000) + "\"}")).hasSize(64);
    assertError(send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n"), 431, "line is too long");
    assertError(
        send("POST /Info HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"),
        411,
        "Content-Length is needed");
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      for (int i = 0; i < 5; i++) {
        Answer answer = exchange(channel, request("/GetKey", "{\"path\":\"" + i + "\"}"));
        assertThat(answer.status()).isEqualTo(200);
      }
    }
    assertThat(agent.count("GetKey")).isEqualTo(5);
  }

  @Test
  void manyConnectionsAreServedAtOnce() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    agent.fault("GetQuote", new AgentFault.Delay(gate));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String data = "%02x".formatted(i).repeat(64);
        calls.add(() -> reportData(quote(data)));
      }
      List<Future<String>> answers = calls.stream().map(threads::submit).toList();
      assertThat(key("{\"path\":\"p\"}")).hasSize(64);
      gate.complete(null);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo("%02x".formatted(i).repeat(64));
      }
    }
  }

  @Test
  void faultsAreSeenByClients() throws IOException {
    agent.fault("GetKey", new AgentFault.Failure(500, "no key provider"));
    assertError(post("/GetKey", "{\"path\":\"p\"}"), 500, "no key provider");
    agent.fault("GetQuote", new AgentFault.Reply("{}"));
    assertThat(quote(DATA).isEmpty()).isTrue();
    agent.fault("Info", new AgentFault.Disconnect());
    assertThatThrownBy(() -> post("/Info", "{}")).isInstanceOf(IOException.class);
    agent.clearFaults().wrongReportData();
    assertThat(reportData(quote(DATA))).isEqualTo("5b" + "5a".repeat(63));
    agent.eventLog(log -> "[]");
    assertThat(quote(DATA).path("event_log").stringValue()).isEqualTo("[]");
    agent.mockQuotes();
    byte[] mock = Jdk.unhex(quote(DATA).path("quote").stringValue());
    assertThat(mock).hasSize(256).startsWith("MOCK_TDX_QUOTE_V1".getBytes(UTF_8));
    assertThat(Bytes.hex(mock)).contains(DATA);
    agent.clearFaults();
    assertThat(reportData(quote(DATA))).isEqualTo(DATA);
  }

  @Test
  void closingLetsHangingClientsGoAndDeletesTheSocket() throws Exception {
    agent.fault("Info", new AgentFault.Hang());
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(request("/Info", "{}").getBytes(UTF_8)));
      agent.close();
      assertThat(socket).doesNotExist();
      assertThatThrownBy(() -> readAnswer(channel)).isInstanceOf(IOException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static byte[] runtimeDigest(JsonNode event) throws GeneralSecurityException {
    byte[] type = {1, 0, 0, 8};
    byte[] colon = {':'};
    byte[] name = event.path("event").stringValue().getBytes(UTF_8);
    byte[] payload = Jdk.unhex(event.path("event_payload").stringValue());
    assertThat(event.path("event_type").longValue()).isEqualTo(134217729);
    return Jdk.hash("SHA-384", type, colon, name, colon, payload);
  }

  private static void assertError(Answer answer, int status, String error) {
    assertThat(answer.body().path("error").stringValue()).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
  }

  private String key(String body) throws IOException {
    return post("/GetKey", body).body().path("key").stringValue();
  }

  private JsonNode quote(String reportData) throws IOException {
    return post("/GetQuote", "{\"report_data\":\"" + reportData + "\"}").body();
  }

  private static String reportData(JsonNode answer) {
    byte[] quote = Jdk.unhex(answer.path("quote").stringValue());
    return Bytes.hex(new QuoteBytes(quote).at(568, 64));
  }

  private Answer post(String path, String body) throws IOException {
    return send(request(path, body));
  }

  private Answer get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: dstack\r\n\r\n");
  }

  private static String request(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: dstack\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private Answer send(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return exchange(channel, request);
    }
  }

  private static Answer exchange(SocketChannel channel, String request) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return readAnswer(channel);
  }

  private static Answer readAnswer(SocketChannel channel) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (true) {
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        String head = text.substring(0, end);
        int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        if (text.length() == end + 4 + length) {
          return new Answer(
              Integer.parseInt(head.substring(9, 12)), JSON.readTree(text.substring(end + 4)));
        }
      }
      if (channel.read(buffer.clear()) < 0) {
        throw new IOException("connection ended inside an answer");
      }
      text.append(ISO_8859_1.decode(buffer.flip()));
    }
  }

  private record Answer(int status, JsonNode body) {}
}
