package network.calimero.tee.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.guest.DstackClient.Limits;
import network.calimero.tee.guest.GuestException.Code;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

/** Over a real Unix socket, against an agent that answers well, badly, or not at all. */
class DstackClientTest {

  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  private static final byte[] REPORT_DATA = new byte[64];
  private static final String REPORT_DATA_HEX = "00".repeat(64);

  /** Long enough never to be the reason on a busy machine. */
  private static final Limits PATIENT =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 64 * 1024, 1);

  private static final Limits HASTY =
      new Limits(Duration.ofSeconds(30), Duration.ofMillis(200), 64 * 1024, 1);

  @TempDir private Path directory;

  private interface Call<T> {
    T on(DstackClient client) throws GuestException;
  }

  private <T> T call(StubAgent.Behaviour behaviour, Limits limits, Call<T> call)
      throws IOException, GuestException {
    Path socket = directory.resolve("dstack.sock");
    try (StubAgent _ = new StubAgent(socket, behaviour);
        DstackClient client = new DstackClient(socket, limits)) {
      return call.on(client);
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private GuestException failure(StubAgent.Behaviour behaviour, Limits limits, Call<?> call) {
    GuestException failure =
        catchThrowableOfType(GuestException.class, () -> call(behaviour, limits, call));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void getsAKey() throws Exception {
    String answer = "{\"key\":\"%s\",\"signature_chain\":[\"00\",{\"a\":[1]}]}".formatted(KEY);
    try (SecretBytes key = call(StubAgent.json(200, answer), PATIENT, c -> c.getKey("a/b"));
        SecretBytes expected = SecretBytes.moveFrom(HexFormat.of().parseHex(KEY))) {
      assertThat(key).isEqualTo(expected);
    }
  }

  @Test
  void asksAsTheAgentExpects() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    String answer = "{\"key\":\"%s\",\"quote\":\"01\",\"app_id\":\"02\"}".formatted(KEY);
    try (StubAgent agent = new StubAgent(socket, StubAgent.json(200, answer));
        DstackClient client = new DstackClient(socket, PATIENT)) {
      client.getKey("merod/storage/debug/12D3KooWPeer").close();
      client.quote(REPORT_DATA);
      client.info();
      assertThat(agent.requests())
          .satisfiesExactly(
              request ->
                  assertThat(request)
                      .startsWith("POST /GetKey HTTP/1.1\r\n")
                      .contains("Content-Type: application/json\r\n")
                      .doesNotContainIgnoringCase("Accept-Encoding")
                      .doesNotContainIgnoringCase("User-Agent")
                      .endsWith(
                          "\r\n\r\n{\"algorithm\":\"secp256k1\","
                              + "\"path\":\"merod/storage/debug/12D3KooWPeer\",\"purpose\":\"\"}"),
              request ->
                  assertThat(request)
                      .startsWith("POST /GetQuote HTTP/1.1\r\n")
                      .endsWith("\r\n\r\n{\"report_data\":\"" + REPORT_DATA_HEX + "\"}"),
              request ->
                  assertThat(request).startsWith("POST /Info HTTP/1.1\r\n").endsWith("\r\n\r\n{}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"key\"",
        "{",
        "{}",
        "{\"key\":null}",
        "{\"key\":12}",
        "{\"key\":\"\"}",
        "{\"Key\":\"" + KEY + "\"}",
        "{\"inner\":{\"key\":\"" + KEY + "\"}}",
        // 31 bytes, an odd number of digits, a prefix, not hex
        "{\"key\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddee\"}",
        "{\"key\":\"" + KEY + "0\"}",
        "{\"key\":\"0x" + KEY + "\"}",
        "{\"key\":\"" + KEY + "zz\"}",
        "{\"key\":\"" + KEY + "\",\"key\":\"" + KEY + "\"}",
        "{\"key\":\"" + KEY + "\"",
        "{\"key\":\"" + KEY + "\"} {}",
        "{\"key\":\"" + KEY + "\"}" + KEY,
        "{\"key\":" + KEY + "}"
      })
  void believesNoMalformedKeyAndRepeatsNothingOfIt(String answer) {
    GuestException failure =
        failure(StubAgent.json(200, answer), PATIENT, client -> client.getKey("a"));
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasNoCause().hasMessageNotContaining("00112233");
  }

  @ParameterizedTest
  @CsvSource({"32, true", "2048, true", "2049, false"})
  void keysMayBeAsLongAsNodesAccept(int bytes, boolean accepted) throws Exception {
    StubAgent.Behaviour agent =
        StubAgent.json(200, "{\"key\":\"%s\"}".formatted("ab".repeat(bytes)));
    if (accepted) {
      try (SecretBytes key = call(agent, PATIENT, client -> client.getKey("a"))) {
        assertThat(key.length()).isEqualTo(bytes);
      }
    } else {
      assertThat(failure(agent, PATIENT, c -> c.getKey("a")).code()).isEqualTo(Code.MALFORMED);
    }
  }

  @Test
  void getsAQuoteWithItsLog() throws Exception {
    String answer =
        """
        {"quote":"040002","event_log":"[{\\"imr\\":3,\\"event\\":\\"app-id\\"}]",
         "report_data":"%s","vm_config":"{\\"cpu_count\\":2}"}\
        """
            .formatted(REPORT_DATA_HEX);
    GuestQuote quote = call(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA));
    assertThat(quote.quote()).isEqualTo(new byte[] {4, 0, 2});
    assertThat(quote.reportData()).isEqualTo(REPORT_DATA);
    assertThat(quote.vmConfig()).isEqualTo("{\"cpu_count\":2}");
    ArrayNode log = quote.eventLog();
    assertThat(log.get(0).get("event").stringValue()).isEqualTo("app-id");
    log.removeAll();
    quote.quote()[0] = 9;
    assertThat(quote.eventLog()).hasSize(1);
    assertThat(quote.quote()[0]).isEqualTo((byte) 4);
  }

  @Test
  void takesAnAgentWithoutLog() throws Exception {
    String answer = "{\"quote\":\"04\",\"event_log\":\"\",\"vm_config\":null}";
    GuestQuote quote = call(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA));
    assertThat(quote.eventLog()).isEmpty();
    assertThat(quote.vmConfig()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"quote\":\"\"}",
        "{\"quote\":\"0\"}",
        "{\"quote\":\"xy\"}",
        "{\"quote\":[1]}",
        "{\"quote\":\"01\",\"quote\":\"02\"}",
        "{\"quote\":\"01\"} trailing",
        "{\"quote\":\"01\",\"event_log\":[]}",
        "{\"quote\":\"01\",\"event_log\":\"{}\"}",
        "{\"quote\":\"01\",\"event_log\":\"[] []\"}",
        "{\"quote\":\"01\",\"event_log\":\"[\"}",
        "{\"quote\":\"01\",\"vm_config\":{}}",
        "{\"quote\":\"01\",\"report_data\":\"01\"}"
      })
  void believesNoMalformedQuote(String answer) {
    assertThat(failure(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA)).code())
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void believesNoQuoteOverOtherReportData() {
    String other = "{\"quote\":\"01\",\"report_data\":\"%s\"}".formatted("01".repeat(64));
    assertThat(failure(StubAgent.json(200, other), PATIENT, c -> c.quote(REPORT_DATA)))
        .hasMessageContaining("\"report_data\" is not what was asked for");
  }

  @Test
  void believesNoQuoteLargerThanNodesAccept() throws Exception {
    Limits roomy = new Limits(PATIENT.connect(), PATIENT.total(), 4 << 20, 1);
    String largest = "ab".repeat(GuestQuote.MAX_SIZE);
    StubAgent.Behaviour fits = StubAgent.json(200, "{\"quote\":\"%s\"}".formatted(largest));
    StubAgent.Behaviour over = StubAgent.json(200, "{\"quote\":\"%sab\"}".formatted(largest));
    assertThat(call(fits, roomy, c -> c.quote(REPORT_DATA)).quote()).hasSize(GuestQuote.MAX_SIZE);
    assertThat(failure(over, roomy, c -> c.quote(REPORT_DATA)).code()).isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 63, 65})
  void asksForExactly64BytesOfReportData(int size) {
    try (DstackClient client = new DstackClient(directory.resolve("none"), PATIENT)) {
      assertThatThrownBy(() -> client.quote(new byte[size]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void learnsWhoItIs() throws Exception {
    String answer =
        """
        {"app_id":"aa01","instance_id":"bb02","app_cert":"PEM","tcb_info":"{}","app_name":"kms",
         "device_id":"cc03","mr_aggregated":"00","os_image_hash":"dd04","key_provider_info":"{}",
         "compose_hash":"ee05","vm_config":"{}","something_new":[1]}\
        """;
    AppInfo info = call(StubAgent.json(200, answer), PATIENT, DstackClient::info);
    assertThat(info)
        .isEqualTo(new AppInfo("aa01", "bb02", "ee05", "kms", "cc03", "dd04", "{}", "{}", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"app_id\":\"\"}", "{\"app_id\":\"kms\"}", "{\"app_id\":1}"})
  void isNobodyWithoutAnAppId(String answer) {
    assertThat(failure(StubAgent.json(200, answer), PATIENT, DstackClient::info).code())
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void passesOnWhyTheAgentRefused() {
    String answer = "{\"error\":\"Report data\\u0007 is\\ntoo long\\u202e\"}";
    GuestException failure = failure(StubAgent.json(400, answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure)
        .hasMessage("the dstack agent refused Info with status 400: Report data  is too long");
  }

  @Test
  void cutsLongReasonsShort() {
    String answer = "{\"error\":\"%s\"}".formatted("x".repeat(10_000));
    assertThat(failure(StubAgent.json(500, answer), PATIENT, DstackClient::info))
        .hasMessageEndingWith("x".repeat(200) + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Not Found", "{}", "{\"error\":5}", "{\"error\":\" \"}"})
  void refusalsNeedNoReason(String body) {
    GuestException failure = failure(StubAgent.json(404, body), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure).hasMessage("the dstack agent refused Info with status 404");
  }

  @Test
  void followsNoRedirects() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    try (StubAgent agent =
            new StubAgent(
                socket,
                StubAgent.raw(
                    "HTTP/1.1 307 Elsewhere\r\nLocation: /prpc/Tappd.Info\r\nContent-Length: 0\r\n\r\n"));
        DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.REFUSED);
      assertThat(agent.requests()).hasSize(1);
    }
  }

  @Test
  void saysWhenThereIsNoSocket() {
    Path socket = directory.resolve("none.sock");
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure)
          .hasMessage(
              "there is no dstack agent's socket at "
                  + socket
                  + ": is DSTACK_SOCKET_PATH right, and is the socket mounted into this container?");
    }
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    Path socket = Files.createFile(directory.resolve("stale.sock"));
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure).hasMessageContaining("is the agent running");
    }
  }

  @Test
  void needsNoAgentToBeMade() throws Exception {
    Path socket = directory.resolve("late.sock");
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      assertThatThrownBy(client::info).isInstanceOf(GuestException.class);
      try (StubAgent agent = new StubAgent(socket, StubAgent.json(200, "{\"app_id\":\"aa\"}"))) {
        assertThat(client.info().appId()).isEqualTo("aa");
        assertThat(agent.requests()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"app_id\":\"aa\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"app"
      })
  void noticesAnAnswerBrokenOff(String answer) {
    GuestException failure = failure(StubAgent.raw(answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure).hasMessageContaining("closed the connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n"})
  void noticesWhatIsNotHttp(String answer) {
    GuestException failure = failure(StubAgent.raw(answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasMessageContaining("does not speak HTTP");
  }

  @Test
  void readsNoMoreThanAllowed() throws Exception {
    String padding = " ".repeat(PATIENT.maxAnswer() - "{\"app_id\":\"aa\"}".length());
    String full = "{\"app_id\":\"aa\"}" + padding;
    assertThat(call(StubAgent.json(200, full), PATIENT, DstackClient::info).appId())
        .isEqualTo("aa");
    GuestException failure = failure(StubAgent.json(200, full + " "), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasMessageContaining("over 65536 bytes");
  }

  @Test
  void endsAnAnswerWithoutEnd() {
    StubAgent.Behaviour endless =
        channel -> {
          StubAgent.write(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            StubAgent.write(channel, "a\r\n          \r\n");
          }
        };
    assertThat(failure(endless, PATIENT, DstackClient::info).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void unpacksNothing() {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 15\r\n\r\n{\"app_id\":\"aa\"}";
    // Left as it is, the body is plain text; unpacked, it would be an error.
    assertThat(
            catchThrowableOfType(
                GuestException.class,
                () -> call(StubAgent.raw(answer), PATIENT, DstackClient::info)))
        .isNull();
  }

  @Test
  void givesUpOnAnAgentThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    GuestException silent = failure(channel -> never.await(), HASTY, DstackClient::info);
    assertThat(silent.code()).isEqualTo(Code.TIMEOUT);
    assertThat(silent).hasMessageContaining("did not answer Info within 200 ms");
    StubAgent.Behaviour halfway =
        channel -> {
          StubAgent.write(channel, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
          never.await();
        };
    assertThat(failure(halfway, HASTY, DstackClient::info).code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void letsOnlySoManyCallsWait() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    CountDownLatch open = new CountDownLatch(1);
    StubAgent.Behaviour answer = StubAgent.json(200, "{\"app_id\":\"aa\"}");
    StubAgent.Behaviour gated =
        channel -> {
          open.await();
          answer.answer(channel);
        };
    int calls = 20;
    int busy = 0;
    try (StubAgent _ = new StubAgent(socket, gated);
        DstackClient client = new DstackClient(socket, PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ExecutorCompletionService<Boolean>(threads);
      for (int i = 0; i < calls; i++) {
        var _ = outcomes.submit(isRefusedAsBusy(client));
      }
      // Nothing is answered yet, so what is done first was turned away.
      assertThat(outcomes.take().get()).isTrue();
      open.countDown();
      for (int i = 1; i < calls; i++) {
        busy += outcomes.take().get() ? 1 : 0;
      }
    }
    assertThat(calls - 1 - busy).isGreaterThanOrEqualTo(8);
  }

  private static Callable<Boolean> isRefusedAsBusy(DstackClient client) {
    return () -> {
      try {
        assertThat(client.info().appId()).isEqualTo("aa");
        return false;
      } catch (GuestException e) {
        assertThat(e.code()).isEqualTo(Code.BUSY);
        return true;
      }
    };
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StubAgent.Behaviour hang =
        channel -> {
          asked.countDown();
          never.await();
        };
    try (StubAgent _ = new StubAgent(socket, hang);
        DstackClient client = new DstackClient(socket, PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var caller =
          threads.submit(() -> {
            Code code = catchThrowableOfType(GuestException.class, client::info).code();
            return code + " " + Thread.currentThread().isInterrupted();
          });
      asked.await();
      threads.shutdownNow();
      assertThat(caller.get()).isEqualTo("TIMEOUT true");
    }
  }

  @Test
  void hasNoLimitThatMeansNone() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Limits(Duration.ZERO, second, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second.negated(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
