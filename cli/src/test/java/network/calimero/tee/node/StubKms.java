package network.calimero.tee.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import network.calimero.tee.identity.InvalidPeerPublicKeyException;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A KMS that does the protocol's happy path by the letter, over HTTP on the loopback address: it
 * checks what a node sends without any of the node's code, and answers wrongly where it is told to.
 */
public final class StubKms implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] NONCE = sha256("the challenge's nonce".getBytes(UTF_8));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SimulatedTdxMachine machine;
  private final Instant challengesExpire;
  private final StubSealing transport = new StubSealing();
  private volatile StubSealing sealing = transport;
  private volatile UnaryOperator<byte[]> evidenceOver = UnaryOperator.identity();
  private volatile UnaryOperator<byte[]> stating = UnaryOperator.identity();
  private volatile UnaryOperator<byte[]> showing = UnaryOperator.identity();
  private volatile UnaryOperator<String> releasing = UnaryOperator.identity();

  private StubKms(HttpServer server, SimulatedTdxMachine machine, Instant challengesExpire) {
    this.server = server;
    this.machine = machine;
    this.challengesExpire = challengesExpire;
  }

  /** A KMS on that machine, with challenges that are good up to a time. */
  public static StubKms start(SimulatedTdxMachine machine, Instant challengesExpire)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StubKms kms = new StubKms(HttpServer.create(address, 0), machine, challengesExpire);
    kms.server.createContext("/", kms::handle);
    kms.server.setExecutor(kms.threads);
    kms.server.start();
    return kms;
  }

  /** Its base URL. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers every request to a path like this. */
  public StubKms answer(String path, int status, String body) {
    replies.put(path, new Reply(status, body, Reply.Then.END));
    return this;
  }

  /** Sends the headers and the first bytes of an answer, and then nothing. */
  public StubKms hangInBody(String path) {
    replies.put(path, new Reply(200, "{", Reply.Then.HANG));
    return this;
  }

  /** Sends spaces without end. */
  public StubKms flood(String path) {
    replies.put(path, new Reply(200, " ".repeat(1 << 16), Reply.Then.REPEAT));
    return this;
  }

  /** Quotes over other report data than asked for. */
  public StubKms evidenceOver(UnaryOperator<byte[]> change) {
    evidenceOver = change;
    return this;
  }

  /** States other report data than its quote is asked to be over. */
  public StubKms stating(UnaryOperator<byte[]> change) {
    stating = change;
    return this;
  }

  /** Shows other bytes than its quote. */
  public StubKms showing(UnaryOperator<byte[]> change) {
    showing = change;
    return this;
  }

  /** Releases another text than the peer's key. */
  public StubKms releasing(UnaryOperator<String> change) {
    releasing = change;
    return this;
  }

  /** What it names to those who ask, 32 bytes. */
  public byte[] transportKey() {
    return transport.transportKey();
  }

  /** Seals with another key than it named. */
  public void changeTransportKeyAfterAttest() {
    sealing = new StubSealing();
  }

  /** The paths of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** What was wrong with requests for keys. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The key that a peer gets. */
  public static String keyOf(String peerId) {
    return HEX.formatHex(sha256(("key of " + peerId).getBytes(UTF_8)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    try (exchange) {
      Reply reply = replies.get(path);
      if (reply != null) {
        send(exchange, reply);
        return;
      }
      String body =
          switch (path) {
            case "/attest" -> attest(request);
            case "/challenge" -> challenge();
            case "/get-key" -> key(request);
            default -> "{\"error\":\"invalid_request\"}";
          };
      send(exchange, new Reply(body.startsWith("{\"error") ? 400 : 200, body, Reply.Then.END));
    }
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Retry-After", "7");
    exchange.sendResponseHeaders(reply.status(), reply.then() == Reply.Then.END ? body.length : 0);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    switch (reply.then()) {
      case END -> {}
      case HANG -> awaitClose();
      case REPEAT -> {
        while (closed.getCount() > 0) {
          exchange.getResponseBody().write(body);
        }
      }
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String attest(JsonNode request) {
    boolean named = request.path("transportKey").booleanValue(false);
    byte[] binding = bytes(request, "bindingB64");
    byte[] bound =
        named
            ? sha256(
                StubSealing.join(
                    "mero-kms/attest-transport-key/v1", binding, transport.transportKey()))
            : binding;
    byte[] asked = StubSealing.join("", bytes(request, "nonceB64"), bound);
    byte[] quote = showing.apply(machine.quote(evidenceOver.apply(asked.clone())));
    String stated = HEX.formatHex(stating.apply(asked.clone()));
    String key = ",\"transportPublicKeyB64\":\"%s\"".formatted(base64(transport.transportKey()));
    return "{\"quoteB64\":\"%s\",\"reportDataHex\":\"%s\",\"eventLog\":[%s],\"vmConfig\":\"\"%s}"
        .formatted(base64(quote), stated, events(), named ? key : "");
  }

  private String events() {
    return machine.events().stream()
        .map(event ->
            "{\"imr\":%d,\"event_type\":%d,\"digest\":\"%s\",\"event\":\"%s\",\"event_payload\":\"%s\"}"
                .formatted(
                    event.register(), event.type(), event.digest(), event.name(), event.payload()))
        .collect(Collectors.joining(","));
  }

  private String challenge() {
    return "{\"challengeId\":\"%s\",\"nonceB64\":\"%s\",\"expiresAt\":%d}"
        .formatted("c0ffee", base64(NONCE), challengesExpire.getEpochSecond());
  }

  private String key(JsonNode request) {
    String peerId = request.path("peerId").stringValue();
    byte[] quote = bytes(request, "quoteB64");
    String payload =
        "{\"challengeId\":\"c0ffee\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
            .formatted(HEX.formatHex(NONCE), HEX.formatHex(sha256(quote)), peerId);
    check("challenge", request.path("challengeId").stringValue().equals("c0ffee"));
    // In a version 4 quote the report data starts at byte 568.
    byte[] reportData = Arrays.copyOfRange(quote, 568, 632);
    check("nonce", Arrays.equals(NONCE, Arrays.copyOf(reportData, 32)));
    boolean sealed = request.has("sealToB64");
    byte[] bound =
        sealed
            ? StubSealing.join(
                "mero-kms/sealed-get-key/v1", bytes(request, "sealToB64"), peerId.getBytes(UTF_8))
            : peerId.getBytes(UTF_8);
    check("peer hash", Arrays.equals(sha256(bound), Arrays.copyOfRange(reportData, 32, 64)));
    try {
      PeerPublicKey peerKey = PeerPublicKey.decode(bytes(request, "peerPublicKeyB64"));
      check("peer ID", peerKey.peerId().text().equals(peerId));
      check("signature", peerKey.verify(payload.getBytes(UTF_8), bytes(request, "signatureB64")));
    } catch (InvalidPeerPublicKeyException _) {
      check("public key", false);
    }
    String key = releasing.apply(keyOf(peerId));
    if (sealed && complaints.isEmpty()) {
      return sealing.sealedKey(key, bytes(request, "sealToB64"), NONCE, peerId);
    }
    return complaints.isEmpty()
        ? "{\"key\":\"%s\"}".formatted(key)
        : "{\"error\":\"invalid_request\",\"details\":\"%s\"}".formatted(complaints);
  }

  private void check(String what, boolean right) {
    if (!right) {
      complaints.add(what);
    }
  }

  private static byte[] bytes(JsonNode request, String name) {
    return Base64.getDecoder().decode(request.path(name).stringValue());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, String body, Then then) {
    enum Then {
      END,
      HANG,
      REPEAT
    }
  }
}
