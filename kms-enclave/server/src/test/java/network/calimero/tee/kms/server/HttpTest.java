package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import network.calimero.tee.kms.server.http.HttpLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
  private static final String ORIGIN = "https://app.example";
  private static Site site;

  @BeforeAll
  static void open() throws IOException {
    site = Site.open(Map.of("CORS_ALLOWED_ORIGINS", ORIGIN));
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
  }

  private static String challengeBody() {
    return "{\"peerId\":\"" + site.node().peerId() + "\"}";
  }

  private static String raw(String request) throws IOException {
    try (RawSocket socket = new RawSocket(site.kms.address())) {
      return socket.send(request).readAnswer();
    }
  }

  @Test
  void healthIsAsTheProtocolSays() {
    KmsHttp.Answer answer = site.http.get("/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body())
        .isEqualTo("{\"status\":\"alive\",\"service\":\"mero-kms-phala\"}");
  }

  @Test
  void answersDoNotTellWhatServesThem() {
    var headers = site.http.get("/health").response().headers();

    assertThat(headers.map()).doesNotContainKeys("server", "x-powered-by");
    assertThat(headers.firstValue("date")).isPresent();
    assertThat(headers.firstValue("x-request-id")).isPresent();
  }

  /** Virtual threads do not get turns in the order in which they are ready: see ADR 7. */
  @Test
  void requestsRunOnThreadsThatTheSystemSharesFairly() throws Exception {
    AtomicReference<Thread> asked = new AtomicReference<>();
    KmsPorts real = site.ports();
    KmsPorts watched =
        new KmsPorts(
            real.keys(),
            real.quotes(),
            () -> {
              asked.set(Thread.currentThread());
              return real.backend().probe();
            },
            real.verifier(),
            real.collateral(),
            real.collateralStatus(),
            real.clock(),
            real.freshness(),
            real.random());
    try (KmsServer server =
            KmsServer.start(site.config(), watched, HttpLimits.DEFAULT, new RecordedLog());
        KmsHttp http = new KmsHttp(server.address())) {
      assertThat(http.get("/ready").status()).isEqualTo(200);
    }
    assertThat(asked.get().isVirtual()).isFalse();
  }

  @Test
  void headOfHealthHasNoBody() {
    KmsHttp.Answer answer =
        site.http.send(
            site.http.request("/health").method("HEAD", BodyPublishers.noBody()).build());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/get-key/", "/GET-KEY", "/attest/x", "/favicon.ico"})
  void unknownPathIs404(String path) {
    KmsHttp.Answer answer = site.http.post(path, "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.outcome()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health;a=b", "/%68ealth", "/a/../health", "/./health", "//health"})
  void otherSpellingsOfAPathAreOtherPaths(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1~Host: kms~~")).doesNotContain(" 200 ");
  }

  @Test
  void queryIsNoPartOfThePath() throws IOException {
    assertThat(raw("GET /health?a=b HTTP/1.1~Host: kms~~")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void connectionEndsWithItsFirstRefusal() throws IOException {
    String refused = "GET /nothing HTTP/1.1~Host: kms~~";
    try (RawSocket socket = new RawSocket(site.kms.address())) {
      socket.send(refused + refused);

      assertThat(socket.readAnswer()).startsWith("HTTP/1.1 404 ").contains("Connection: close");
      assertThatThrownBy(socket::readAnswer).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET //x HTTP/1.1~Host: kms~~",
        "GET http://evil/health HTTP/1.1~Host: kms~~",
        "GARBAGE~~",
        "GET /health HTTP/2.0~Host: kms~~",
        "GET /health HTTP/9.9~Host: kms~~"
      })
  void connectionEndsWithWhatIsNotEvenARequestAndTheLogKnows(String request) throws IOException {
    try (Site own = Site.open();
        RawSocket socket = new RawSocket(own.kms.address())) {
      socket.send(request.repeat(3));

      assertThat(socket.readAnswer())
          .startsWith("HTTP/1.1 ")
          .contains("Connection: close", "X-Request-Id: ", "invalid_request");
      assertThatThrownBy(socket::readAnswer).isInstanceOf(IOException.class);
      assertThat(own.log.events())
          .anySatisfy(event -> assertThat(event.fields()).containsEntry("path", "other"));
    }
  }

  /** Its requests have all arrived; it is the answers that it does not take. */
  @Test
  @Timeout(60)
  void clientThatDoesNotTakeItsAnswersIsCutWhenItsTimeIsOver() throws IOException {
    HttpLimits usual = HttpLimits.DEFAULT;
    HttpLimits hasty =
        new HttpLimits(
            Duration.ofMinutes(2), Duration.ofSeconds(1), 8, usual.body(), usual.header());
    String body = "{\"nonceB64\":\"%s\"}".formatted(Node.base64(new byte[32]));
    String attest =
        "POST /attest HTTP/1.1~Host: kms~Content-Type: application/json~Content-Length: %d~~%s"
            .formatted(body.length(), body);
    try (Site own = Site.open(Map.of(), hasty);
        RawSocket socket = new RawSocket(own.kms.address())) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  socket.send(attest);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void connectionEndsWithItsSixteenthAnswer() throws IOException {
    try (RawSocket socket = new RawSocket(site.kms.address())) {
      socket.send("GET /health HTTP/1.1~Host: kms~~".repeat(17));
      for (int i = 1; i < 16; i++) {
        assertThat(socket.readAnswer()).doesNotContain("Connection: close");
      }
      assertThat(socket.readAnswer()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
      assertThatThrownBy(socket::readAnswer).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /challenge, POST",
    "GET, /get-key, POST",
    "PUT, /attest, POST",
    "DELETE, /get-key, POST",
    "OPTIONS, /challenge, POST",
    "POST, /health, 'GET, HEAD'",
    "POST, /ready, 'GET, HEAD'",
  })
  void otherMethodsAre405WithWhatIsAllowed(String method, String path, String allow) {
    KmsHttp.Answer answer =
        site.http.send(site.http.request(path).method(method, BodyPublishers.noBody()).build());

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.outcome()).isEqualTo("invalid_request");
    assertThat(answer.header("Allow")).isEqualTo(allow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/challenge", "/get-key", "/attest"})
  void bodyThatIsNotSaidToBeJsonIs415(String path) {
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
      KmsHttp.Answer answer =
          site.http.send(
              site.http
                  .request(path)
                  .setHeader("Content-Type", type)
                  .POST(BodyPublishers.ofString("{}"))
                  .build());
      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.outcome()).isEqualTo("invalid_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json"})
  void jsonMayBeCalledSoInManyWays(String type) {
    KmsHttp.Answer answer =
        site.http.send(
            site.http
                .request("/challenge")
                .setHeader("Content-Type", type)
                .POST(BodyPublishers.ofString(challengeBody()))
                .build());

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void bodyOf64KibIsReadAndOneByteMoreIs413() {
    String body = challengeBody();
    String largest = body + " ".repeat(64 * 1024 - body.length());

    assertThat(site.http.post("/challenge", largest).status()).isEqualTo(200);
    KmsHttp.Answer answer = site.http.post("/challenge", largest + " ");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.outcome()).isEqualTo("invalid_request");
  }

  @Test
  void bodyInChunksIsBoundedToo() {
    byte[] body = " ".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
    KmsHttp.Answer answer =
        site.http.send(
            site.http
                .request("/challenge")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(body))))
                .build());

    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void hugeAnnouncedBodyIsRefusedBeforeItComes() throws IOException {
    String answer =
        raw(
            "POST /get-key HTTP/1.1~Host: kms~Content-Type: application/json~"
                + "Content-Length: 9223372036854775807~~");

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{\"peerId\":\"a\"} x",
        "{\"peerId\":\"a\"}{}",
        "{\"peerId\":\"a\",\"peerId\":\"b\"}",
        "{\"other\":{\"a\":1,\"a\":2},\"peerId\":\"a\"}",
        "{'peerId':'a'}",
        "{\"peerId\":a}",
        "{\"peerId\":\"a\",}",
        "// comment\n{\"peerId\":\"a\"}",
        "\uFEFF{\"peerId\":\"a\"}",
        "{}",
        "{\"peerId\":null}",
        "{\"peerId\":[\"a\"]}",
      })
  void bodyThatIsNotOneJsonObjectWithTheFieldIsInvalid(String body) {
    KmsHttp.Answer answer = site.http.post("/challenge", body);

    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.outcome()).isEqualTo("invalid_request");
  }

  @Test
  void deeplyNestedBodyIsInvalid() {
    String deep = "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    assertThat(site.http.post("/challenge", deep).outcome()).isEqualTo("invalid_request");
  }

  @Test
  void bodyThatIsNotUtf8IsInvalid() {
    byte[] latin1 = "{\"peerId\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    KmsHttp.Answer answer =
        site.http.send(
            site.http.request("/challenge").POST(BodyPublishers.ofByteArray(latin1)).build());

    assertThat(answer.outcome()).isEqualTo("invalid_request");
    assertThat(answer.details()).contains("UTF-8");
  }

  @Test
  void answersNeverRepeatTheBody() {
    KmsHttp.Answer answer = site.http.post("/challenge", "{\"peerId\": <script>secret</script>}");

    assertThat(answer.response().body()).doesNotContain("script").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1 2", "0", "ä", "12D3KooW\n"})
  void challengeForWhatIsNoPeerIdIsRefused(String peerId) {
    KmsHttp.Answer answer = site.http.post("/challenge", Map.of("peerId", peerId));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.outcome()).isEqualTo("invalid_peer_id");
  }

  @Test
  void peerIdMayHave128CharactersAndNotOneMore() {
    assertThat(site.http.post("/challenge", Map.of("peerId", "1".repeat(128))).status())
        .isEqualTo(200);
    assertThat(site.http.post("/challenge", Map.of("peerId", "1".repeat(129))).outcome())
        .isEqualTo("invalid_peer_id");
  }

  @Test
  void challengeHasTheFieldsThatNodesExpect() {
    KmsHttp.Answer answer = site.http.post("/challenge", challengeBody());

    assertThat(answer.json().propertyNames())
        .containsExactly("challengeId", "nonceB64", "expiresAt");
    assertThat(answer.text("challengeId")).hasSizeBetween(1, 512).matches("[0-9a-f]+");
    assertThat(Base64.getDecoder().decode(answer.text("nonceB64"))).hasSize(32);
    assertThat(answer.json().get("expiresAt").longValue())
        .isEqualTo(Site.NOW.getEpochSecond() + 60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE~~",
        "GET /health HTTP/1.1~~",
        "GET /health HTTP/1.1~Host: a~Host: b~~",
        "GET /%2e%2e/health HTTP/1.1~Host: a~~",
        "GET /..%2fhealth HTTP/1.1~Host: a~~",
        "POST /challenge HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 2~~",
        "POST /challenge HTTP/1.1~Host: a~Content-Length: -1~~",
        "POST /challenge HTTP/1.1~Host: a~Transfer-Encoding: chunked~" + "Content-Length: 5~~0~~",
        "GET /health HTTP/1.1~Host: a~ folded: b~~",
        "GET /health HTTP/1.1~Host: a~No colon~~",
      })
  void malformedHttpIsAnsweredInTheFormOfEveryRefusal(String request) throws IOException {
    String answer = raw(request);

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer).contains("Content-Type: application/json");
    assertThat(answer)
        .endsWith(
            "{\"error\":\"invalid_request\",\"details\":\"not a well-formed HTTP/1.1 request\"}");
    assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Server:");
  }

  @Test
  void headerOver8KibIs431() throws IOException {
    String answer = raw("GET /health HTTP/1.1~Host: a~X: " + "a".repeat(9_000) + "~~");

    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("\"invalid_request\"");
  }

  @Test
  void uriOver8KibIs414() throws IOException {
    String answer = raw("GET /" + "a".repeat(9_000) + " HTTP/1.1~Host: a~~");

    assertThat(answer).startsWith("HTTP/1.1 414 ").contains("\"invalid_request\"");
  }

  @Test
  void manyRequestsShareOneConnection() throws IOException {
    try (RawSocket socket = new RawSocket(site.kms.address())) {
      for (int i = 0; i < 3; i++) {
        socket.send("GET /health HTTP/1.1~Host: a~~");
        assertThat(socket.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("\"}");
      }
    }
  }

  @Test
  void pagesOfListedOriginsMayCallAndOthersMayNot() {
    KmsHttp.Answer listed =
        site.http.send(
            site.http
                .request("/challenge")
                .header("Origin", ORIGIN)
                .POST(BodyPublishers.ofString("{}"))
                .build());
    KmsHttp.Answer other =
        site.http.send(
            site.http.request("/health").header("Origin", "https://evil.example").build());

    assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    assertThat(listed.header("Vary")).isEqualTo("Origin");
    assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void browsersQuestionBeforeARequestIsAnswered() {
    KmsHttp.Answer answer =
        site.http.send(
            site.http
                .request("/get-key")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
    assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("*");
  }

  @Test
  void withoutListedOriginsThereAreNoSuchHeaders() throws IOException {
    try (Site plain = Site.open()) {
      KmsHttp.Answer answer =
          plain.http.send(plain.http.request("/health").header("Origin", ORIGIN).build());

      assertThat(answer.response().headers().map())
          .doesNotContainKeys("access-control-allow-origin", "vary");
    }
  }

  private static HttpLimits deadline(Duration deadline) {
    HttpLimits usual = HttpLimits.DEFAULT;
    return new HttpLimits(
        usual.idle(), deadline, usual.connections(), usual.body(), usual.header());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /challenge HTTP/1.1~Host: a~X-Header: ",
        "POST /challenge HTTP/1.1~Host: a~Content-Type: application/json~"
            + "Content-Length: 60000~~",
      })
  void clientThatDripsIsCut(String begin) throws IOException {
    try (Site strict = Site.open(Map.of(), deadline(Duration.ofMillis(500)));
        RawSocket socket = new RawSocket(strict.kms.address())) {
      String heard = socket.send(begin).drip('1', 100);

      assertThat(heard).doesNotContain(" 200 ");
      assertThat(strict.node().getKey().outcome()).isEqualTo("ok");
    }
  }

  @Test
  void idleClientsDoNotKeepOthersOut() throws IOException {
    HttpLimits usual = HttpLimits.DEFAULT;
    HttpLimits few = new HttpLimits(usual.idle(), usual.request(), 8, usual.body(), usual.header());
    List<RawSocket> idle = new ArrayList<>();
    try (Site small = Site.open(Map.of(), few)) {
      for (int i = 0; i < 40; i++) {
        idle.add(new RawSocket(small.kms.address()).send("POST /challenge HTTP/1.1~"));
      }
      assertThat(small.node().getKey().outcome()).isEqualTo("ok");
    } finally {
      for (RawSocket socket : idle) {
        socket.close();
      }
    }
  }
}
