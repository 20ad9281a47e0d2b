package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 10_000);
  private static final String[] ANSWER = {
    "HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: 2", "", "{}"
  };
  private static final OutboundPolicy LOCAL =
      OutboundPolicy.kms(HostRules.parse("127.0.0.1:*, [::1]:*, localhost:*"));

  private static OutboundHttp http;

  @BeforeAll
  static void open() throws Exception {
    http =
        new OutboundHttp(
            "mero-tee/1", new SystemResolver(), SSLContext.getDefault(), System::nanoTime);
  }

  @AfterAll
  static void close() {
    http.close();
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aPostIsOneRequestThatAsksForNoCompression() throws Exception {
    try (TestPeer peer = TestPeer.saying(ANSWER)) {
      OutboundUrl base = OutboundUrl.parse("http://127.0.0.1:" + peer.port() + "/base/");
      OutboundRequest request =
          OutboundRequest.post(base.resolve("/attest"), ascii("{\"a\":1}"))
              .with(Map.of("X-Api-Key", "key"));
      Bytes body = http.exchange(request, LOCAL, LIMITS).successBody();

      assertThat(body).isEqualTo(ascii("{}"));
      assertThat(peer.requests())
          .containsExactly(
              String.join(
                  "\r\n",
                  "POST /base/attest HTTP/1.1",
                  "Host: 127.0.0.1:" + peer.port(),
                  "User-Agent: mero-tee/1",
                  "Accept: application/json",
                  "Accept-Encoding: identity",
                  "Connection: close",
                  "Content-Type: application/json",
                  "Content-Length: 7",
                  "X-Api-Key: key",
                  "",
                  "{\"a\":1}"));
      assertThat(request.toString()).doesNotContain("key");
    }
  }

  @Test
  void httpWillDoForAKmsThatIsListedByItsLoopbackAddress() throws Exception {
    try (TestPeer peer = TestPeer.saying(ANSWER)) {
      OutboundUrl url = OutboundUrl.parse("http://localhost:" + peer.port());
      assertThat(http.exchange(OutboundRequest.get(url), LOCAL, LIMITS).status()).isEqualTo(200);
      assertThat(peer.requests().getFirst()).startsWith("GET / HTTP/1.1\r\nHost: localhost:");
    }
  }

  @Test
  void ipv6IsCalledInBrackets() throws Exception {
    try (TestPeer peer = TestPeer.at("::1", 0, ANSWER)) {
      OutboundUrl url = OutboundUrl.parse("http://[::1]:" + peer.port() + "/");
      assertThat(http.exchange(OutboundRequest.get(url), LOCAL, LIMITS).status()).isEqualTo(200);
      assertThat(peer.requests().getFirst()).contains("Host: [0:0:0:0:0:0:0:1]:" + peer.port());
    }
  }

  @Test
  void aHostThatTheOperatorSetIsCalledOnItsPortOnly() throws Exception {
    try (TestPeer peer = TestPeer.saying(ANSWER)) {
      OutboundUrl url = OutboundSettings.url("http://127.0.0.1:" + peer.port() + "/appraisal/v2");
      OutboundPolicy policy = OutboundPolicy.only(url);
      assertThat(http.exchange(OutboundRequest.get(url), policy, LIMITS).status()).isEqualTo(200);
      OutboundUrl other = OutboundUrl.parse("http://127.0.0.1:1/");
      assertThat(fault(OutboundRequest.get(other), policy))
          .isEqualTo(OutboundFault.PORT_NOT_ALLOWED);
    }
  }

  private static OutboundFault fault(OutboundRequest request, OutboundPolicy policy) {
    try {
      http.exchange(request, policy, LIMITS);
      throw new AssertionError("it was sent");
    } catch (OutboundException e) {
      return e.fault();
    }
  }

  @Test
  void typesOtherThanJsonAreTakenIfAskedFor() throws Exception {
    try (TestPeer peer =
        TestPeer.saying("HTTP/1.1 200 OK", "Content-Type: Text/Plain; charset=utf-8", "", "x")) {
      OutboundUrl url = OutboundUrl.parse("http://127.0.0.1:" + peer.port());
      OutboundRequest request = OutboundRequest.get(url).accepting(Set.of("text/plain"));
      assertThat(http.exchange(request, LOCAL, LIMITS).successBody()).isEqualTo(ascii("x"));
    }
  }

  @Test
  void whatAnErrorSaysIsNotRead() throws Exception {
    try (TestPeer peer = TestPeer.saying("HTTP/1.1 404 Not Found", "", "<script>")) {
      OutboundUrl url = OutboundUrl.parse("http://127.0.0.1:" + peer.port());
      OutboundAnswer answer = http.exchange(OutboundRequest.get(url), LOCAL, LIMITS);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body().isEmpty()).isTrue();
    }
  }

  @Test
  void aHeaderCannotBecomeTwo() throws Exception {
    OutboundRequest request = OutboundRequest.get(OutboundUrl.parse("http://127.0.0.1/"));
    for (Map<String, String> headers :
        List.of(Map.of("X", "a\r\nY: b"), Map.of("X: a\r\nY", "b"), Map.of("", "a"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> request.with(headers));
    }
  }
}
