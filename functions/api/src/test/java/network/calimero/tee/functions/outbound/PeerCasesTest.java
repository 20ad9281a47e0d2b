package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.outbound.TestPeer.Script;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PeerCasesTest {
  private static final String NAME = "node.example";
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String JSON = "Content-Type: application/json";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final int MAX_BODY = 1_000;
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), MAX_BODY);
  private static final Limits HURRIED = LIMITS.within(Duration.ofMillis(400));

  private static TestAuthority authority;

  private final Map<String, Attempt> attempts = new LinkedHashMap<>();

  @BeforeAll
  static void makeAuthority() throws GeneralSecurityException {
    authority = new TestAuthority();
  }

  @Test
  void peersMeetWhatTheTableSays() throws Exception {
    try (TestPeer victim = TestPeer.saying(OK, JSON, "", "{}")) {
      redirects(victim);
      sizes();
      types();
      slowness();
      forms();
      connections();
      certificates();
      answers();
      CaseTable table = CaseTable.read(Path.of(System.getProperty("mero.root")), "Peers");

      assertThat(table.differences(attempts)).isEmpty();
      assertThat(victim.accepted()).isZero();
    }
  }

  private void redirects(TestPeer victim) {
    String location = "Location: http://127.0.0.1:" + victim.port() + "/";
    answering("redirects to loopback", "HTTP/1.1 307 Temporary Redirect", location, "", "");
    answering("redirects without saying where", "HTTP/1.1 302 Found", "", "");
  }

  private void sizes() throws IOException {
    saying(
        "chunks without end",
        out -> {
          out.write(TestPeer.lines(OK, JSON, CHUNKED, "", ""));
          forever(out, "1\r\nx\r\n");
        });
    answering("a chunk of 2 GiB", OK, JSON, CHUNKED, "", "7fffffff", "x");
    answering("a chunk of more than any number", OK, JSON, CHUNKED, "", "10000000000000000", "x");
    answering(
        "a chunk that does not end where it should", OK, JSON, CHUNKED, "", "1", "xx", "0", "", "");
    answering("a length of 1 GiB and no body", OK, JSON, "Content-Length: 1073741824", "", "");
    saying(
        "a body without length and end",
        out -> {
          out.write(TestPeer.lines(OK, JSON, "", ""));
          forever(out, "x");
        });
    byte[] bomb = bomb();
    saying(
        "a compressed answer, though none was asked for",
        out -> {
          out.write(
              TestPeer.lines(
                  OK, JSON, "Content-Encoding: gzip", "Content-Length: " + bomb.length, "", ""));
          out.write(bomb);
        });
  }

  /** Less than is allowed; unpacked, a hundred times more. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[100 * MAX_BODY]);
    }
    assertThat(bytes.size()).isLessThan(MAX_BODY);
    return bytes.toByteArray();
  }

  private static void forever(OutputStream out, String text) throws IOException {
    while (true) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void repeated(OutputStream out, String text, int times) throws IOException {
    out.write(text.repeat(times).getBytes(StandardCharsets.US_ASCII));
  }

  private void types() {
    answering("another type", OK, "Content-Type: text/html", "", "{}");
    answering("no type", OK, "", "{}");
    answering("no content", "HTTP/1.1 204 No Content", JSON, "", "");
    attempts.put(
        "status 500 with words of its own",
        () -> {
          String words = "<b>secret of the peer</b>";
          try (TestPeer peer = TestPeer.saying("HTTP/1.1 500 X", JSON, "", words)) {
            exchange(url("http", "127.0.0.1", peer), LIMITS).successBody();
            return "ok";
          } catch (OutboundException e) {
            assertThat(e.body().toString()).contains("500").doesNotContain("secret");
            return e.fault().code();
          }
        });
  }

  private void slowness() throws IOException {
    hurried(
        "a body byte by byte",
        out -> {
          out.write(TestPeer.lines(OK, JSON, "Content-Length: 900", "", ""));
          drip(out, "x");
        });
    hurried("headers byte by byte", out -> drip(out, OK + "\r\nA: b"));
    hurried(
        "chunks byte by byte",
        out -> {
          out.write(TestPeer.lines(OK, JSON, CHUNKED, "", ""));
          drip(out, "1\r\nx\r\n");
        });
    hurried("silence", PeerCasesTest::silence);
    attempts.put(
        "silence instead of TLS", () -> secure(TestPeer.deaf(PeerCasesTest::silence), HURRIED));
    // A handshake record of 16,000 bytes, of which a few arrive.
    attempts.put(
        "TLS byte by byte",
        () ->
            secure(
                TestPeer.deaf(out -> {
                  out.write(new byte[] {22, 3, 3, 0x3e, (byte) 0x80, 2, 0, 0x3e, 0x7c});
                  drip(out, "\0");
                }),
                HURRIED));
  }

  /** Ends when the other side has had enough. */
  private static void drip(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; true; i++) {
      out.write(bytes[i % bytes.length]);
      out.flush();
      pause();
    }
  }

  private static void silence(OutputStream out) {
    while (!Thread.currentThread().isInterrupted()) {
      pause();
    }
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
  }

  private void forms() throws IOException {
    saying(
        "headers without end",
        out -> {
          out.write(TestPeer.lines(OK, ""));
          forever(out, "A: b\r\n");
        });
    saying(
        "a hundred and one headers",
        out -> {
          out.write(TestPeer.lines(OK, JSON, ""));
          repeated(out, "A: b\r\n", 100);
          out.write(TestPeer.lines("", "{}"));
        });
    saying("a line without end", out -> forever(out, "x"));
    answering("two lengths", OK, JSON, "Content-Length: 2", "Content-Length: 3", "", "{}");
    answering("a length and chunks", OK, JSON, "Content-Length: 2", CHUNKED, "", "0", "", "");
    answering("a negative length", OK, JSON, "Content-Length: -1", "", "{}");
    answering(
        "another transfer coding", OK, JSON, "Transfer-Encoding: gzip, chunked", "", "0", "", "");
    answering("a folded header", OK, JSON, " folded", "", "{}");
    answering("a bare line feed", OK + "\n" + JSON, "", "{}");
    answering("no HTTP", "SSH-2.0-OpenSSH_9.9", "");
    answering("HTTP/2", "HTTP/2 200 OK", JSON, "", "{}");
    saying("interim answers without end", out -> forever(out, "HTTP/1.1 103 X\r\n\r\n"));
    saying(
        "five interim answers",
        out -> {
          repeated(out, "HTTP/1.1 103 X\r\n\r\n", 5);
          out.write(TestPeer.lines(OK, JSON, "", "{}"));
        });
    answering("another protocol", "HTTP/1.1 101 Switching Protocols", "Upgrade: x", "", "");
  }

  private void connections() {
    attempts.put(
        "nobody listens",
        () -> {
          int free;
          try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
          }
          return code("http://127.0.0.1:" + free + "/", LIMITS);
        });
    answering("hangs up at once", "");
    answering("hangs up within the body", OK, JSON, "Content-Length: 3", "", "{}");
  }

  private void certificates() {
    String[] answer = {OK, JSON, "", "{}"};
    secured("a certificate of an unknown authority", () -> new TestAuthority().servingName(NAME));
    secured("a certificate for another name", () -> authority.servingName("other.example"));
    secured(
        "a certificate for the address, not the name", () -> authority.servingAddress("127.0.0.1"));
    secured("an expired certificate", () -> authority.servingExpired(NAME));
    attempts.put(
        "a certificate for the name, at the address that was checked",
        () -> {
          try (TestPeer peer = TestPeer.secured(authority.servingName(NAME), answer)) {
            String code = code(url("https", NAME, peer), LIMITS);
            assertThat(peer.serverNames()).singleElement().asString().contains(NAME);
            return code;
          }
        });
    attempts.put(
        "a certificate for the address, which is in the URL",
        () -> {
          SSLContext context = authority.servingAddress("127.0.0.1");
          try (TestPeer peer = TestPeer.secured(context, answer)) {
            return code(url("https", "127.0.0.1", peer), LIMITS);
          }
        });
    attempts.put(
        "no TLS where there should be",
        () -> secure(TestPeer.deaf(out -> out.write(TestPeer.lines(answer))), LIMITS));
  }

  private interface ContextMaker {
    SSLContext make() throws GeneralSecurityException, IOException;
  }

  private void secured(String name, ContextMaker context) {
    attempts.put(name, () -> secure(TestPeer.secured(context.make(), OK, JSON, "", "{}"), LIMITS));
  }

  private static String secure(TestPeer peer, Limits limits) throws Exception {
    try (peer) {
      return code(url("https", NAME, peer), limits);
    }
  }

  private void answers() {
    answering(
        "a chunked answer",
        OK,
        JSON,
        CHUNKED,
        "",
        "1;a=b",
        "{",
        "0001",
        "}",
        "0",
        "Trailer: x",
        "",
        "");
    answering("an answer up to the connection's end", "HTTP/1.0 200", JSON, "", "{}");
    answering(
        "an interim answer before it",
        "HTTP/1.1 103 Early Hints",
        "Link: x",
        "",
        OK,
        JSON,
        "",
        "{}");
  }

  private void answering(String name, String... lines) {
    saying(name, out -> out.write(TestPeer.lines(lines)));
  }

  private void saying(String name, Script script) {
    attempts.put(name, () -> met(script, LIMITS));
  }

  private void hurried(String name, Script script) {
    attempts.put(name, () -> met(script, HURRIED));
  }

  private static String met(Script script, Limits limits) throws Exception {
    try (TestPeer peer = TestPeer.saying(script)) {
      return code(url("http", "127.0.0.1", peer), limits);
    }
  }

  private static String url(String scheme, String host, TestPeer peer) {
    return "%s://%s:%d/".formatted(scheme, host, peer.port());
  }

  private static String code(String url, Limits limits) throws Exception {
    try {
      Bytes body = exchange(url, limits).successBody();
      return body.equals(Bytes.of("{}".getBytes(StandardCharsets.US_ASCII))) ? "ok" : "other body";
    } catch (OutboundException e) {
      assertThat(e.status()).isEqualTo(502);
      return e.fault().code();
    }
  }

  private static OutboundAnswer exchange(String url, Limits limits) throws Exception {
    Resolver local = _ -> List.of(IpAddress.parse("127.0.0.1").orElseThrow());
    OutboundPolicy policy = OutboundPolicy.nodes(HostRules.parse(NAME + ":*, 127.0.0.1:*"));
    try (OutboundHttp http =
        new OutboundHttp("test", local, authority.believing(), System::nanoTime)) {
      return http.exchange(OutboundRequest.get(OutboundUrl.parse(url)), policy, limits);
    }
  }
}
