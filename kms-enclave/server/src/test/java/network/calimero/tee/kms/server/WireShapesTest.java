package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.server.Node.Challenge;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests as nodes send them and answers as they expect them (kms-protocol.md), byte for byte over
 * a bare socket: the order of the fields, what is left out, how bytes and texts are spelled.
 */
class WireShapesTest {
  private static final String PEER = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
  private static final String EVENT_LOG =
      "[{\"imr\":3,\"event_type\":134217729,\"digest\":\"\",\"event\":\"app-id\","
          + "\"event_payload\":\"00ff\",\"version\":2}]";

  /** 2026-11-21T12:01:00Z. */
  private static final String EXPIRES_AT = "1795262460";

  /** Everything that the platform derived, as it was handed over. */
  private final List<SecretBytes> derived = new CopyOnWriteArrayList<>();

  private Site site;
  private KmsServer kms;

  /** Always the same. */
  private static final class Pinned extends SecureRandom {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 0x44);
    }
  }

  @BeforeEach
  void open() throws Exception {
    site = Site.open();
    KmsPorts real = site.ports();
    KmsPorts pinned =
        new KmsPorts(
            path -> {
              SecretBytes key = real.keys().derive(path);
              derived.add(key);
              return key;
            },
            real.quotes(),
            real.backend(),
            real.verifier(),
            real.collateral(),
            real.collateralStatus(),
            real.clock(),
            site.ports().freshness(),
            new Pinned());
    kms = KmsServer.start(site.config(), pinned, HttpLimits.DEFAULT, site.log);
  }

  @AfterEach
  void close() throws IOException {
    kms.close();
    site.close();
  }

  private String exchange(String request, String status) throws IOException {
    try (RawSocket socket = new RawSocket(kms.address())) {
      String answer = socket.send(request).readAnswer();
      int end = answer.indexOf("\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.substring(0, end).lines()).contains("Content-Type: application/json");
      return answer.substring(end + 4);
    }
  }

  private String post(String path, String body) throws IOException {
    return post(path, body, "200");
  }

  private String post(String path, String body, String status) throws IOException {
    return exchange(
        "POST %s HTTP/1.1~Host: kms~Content-Type: application/json~Content-Length: %d~~%s"
            .formatted(path, body.length(), body),
        status);
  }

  private static String field(String answer, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer);
    assertThat(field.find()).as(name + " in " + answer).isTrue();
    return field.group(1);
  }

  private Challenge challenge(String peer) throws IOException {
    String answer = post("/challenge", "{\"peerId\":\"" + peer + "\"}");
    byte[] nonce = Base64.getDecoder().decode(field(answer, "nonceB64"));
    return new Challenge(field(answer, "challengeId"), Bytes.of(nonce));
  }

  /** The fields in the order of the protocol's table. */
  private static String getKey(Map<String, Object> fields) {
    return "{\"challengeId\":\"%s\",\"quoteB64\":\"%s\",\"peerId\":\"%s\",\"peerPublicKeyB64\":\"%s\",\"signatureB64\":\"%s\"}"
        .formatted(
            fields.get("challengeId"),
            fields.get("quoteB64"),
            fields.get("peerId"),
            fields.get("peerPublicKeyB64"),
            fields.get("signatureB64"));
  }

  @Test
  void health() throws IOException {
    assertThat(exchange("GET /health HTTP/1.1~Host: kms~~", "200"))
        .isEqualTo("{\"status\":\"alive\",\"service\":\"mero-kms-phala\"}");
  }

  @Test
  void challengeIsAnIdentifierANonceAndANumber() throws IOException {
    String answer = post("/challenge", "{\"peerId\":\"" + PEER + "\"}");

    String nonce = field(answer, "nonceB64");
    assertThat(answer)
        .isEqualTo(
            "{\"challengeId\":\"%s\",\"nonceB64\":\"%s\",\"expiresAt\":%s}"
                .formatted(field(answer, "challengeId"), nonce, EXPIRES_AT));
    assertThat(field(answer, "challengeId")).matches("[0-9a-f]{1,512}");
    assertThat(nonce).matches("[A-Za-z0-9+/]{43}=");
    assertThat(post("/challenge", "{\"peerId\":\"" + PEER + "\"}"))
        .as("nothing in it but what is pinned here")
        .isEqualTo(answer);
  }

  private void assertAttested(String answer, String secondHalf, String more) throws IOException {
    String quote = field(answer, "quoteB64");
    Matcher vmConfig = Pattern.compile("\"vmConfig\":\"((?:[^\"\\\\]|\\\\\")*)\"").matcher(answer);
    assertThat(vmConfig.find()).isTrue();

    assertThat(answer)
        .isEqualTo(
            "{\"quoteB64\":\"%s\",\"reportDataHex\":\"%s%s\",\"eventLog\":%s,\"vmConfig\":\"%s\"%s}"
                .formatted(quote, "6e".repeat(32), secondHalf, EVENT_LOG, vmConfig.group(1), more));
    assertThat(vmConfig.group(1)).matches("\\{\\\\\"spec_version\\\\\":1,.*}");
    assertThat(Node.base64(Base64.getDecoder().decode(quote)))
        .as("the standard alphabet, padded")
        .isEqualTo(quote)
        .contains("+")
        .contains("/");
  }

  @Test
  void attestIsTheQuoteWhatItIsOverTheLogAsJsonAndTheConfigurationAsText() throws IOException {
    site.agent.eventLog(_ -> EVENT_LOG);
    String nonce = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=";

    String answer = post("/attest", "{\"nonceB64\":\"" + nonce + "\"}");

    assertAttested(answer, Node.hex(Node.sha256("mero-kms-phala-attest-v1")), "");
  }

  @Test
  void attestNamesTheTransportKeyLast() throws IOException {
    site.agent.eventLog(_ -> EVENT_LOG);
    String nonce = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=";

    String answer =
        post(
            "/attest",
            "{\"nonceB64\":\"%s\",\"bindingB64\":\"%s\",\"transportKey\":true,\"eventLog\":true}"
                .formatted(nonce, Node.base64(new byte[32])));

    byte[] key = transport().publicKey().value().toArray();
    byte[] domain = "mero-kms/attest-transport-key/v1".getBytes(StandardCharsets.US_ASCII);
    byte[] bound = Node.sha256(Node.concat(Node.concat(domain, new byte[32]), key));
    assertAttested(
        answer, Node.hex(bound), ",\"transportPublicKeyB64\":\"" + Node.base64(key) + "\"");
  }

  private X25519KeyPair transport() {
    byte[] derived = HexFormat.of().parseHex(site.keyAt("mero-kms/transport/x25519/v1"));
    return new X25519KeyPair(SecretBytes.moveFrom(derived));
  }

  @Test
  void plainKeyIsLowerCaseHex() throws IOException {
    Node node = site.node();
    Challenge challenge = challenge(node.peerId());

    String answer = post("/get-key", getKey(node.request(challenge)));

    String key = site.keyAt("merod/storage/locked-read-only/" + node.peerId());
    assertThat(answer).isEqualTo("{\"key\":\"" + key + "\"}");
    assertThat(key).matches("[0-9a-f]{64}");
    assertWiped(1);
  }

  private void assertWiped(int keys) {
    assertThat(derived)
        .hasSize(keys)
        .allSatisfy(key ->
            assertThatThrownBy(() -> key.use(bytes -> bytes.length))
                .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void sealedKeyIsTheCiphertextAndItsNonce() throws IOException {
    Node node = site.node();
    Challenge challenge = challenge(node.peerId());
    X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom());
    Map<String, Object> fields = node.sealedRequest(challenge, oneTime.publicKey());
    String plain = getKey(fields);
    String request =
        plain.substring(0, plain.length() - 1)
            + ",\"sealToB64\":\""
            + fields.get("sealToB64")
            + "\"}";

    String answer = post("/get-key", request);

    String key = site.keyAt("merod/storage/locked-read-only/" + node.peerId());
    Sealed sealed =
        SealedRelease.seal(
            SecretBytes.moveFrom(HexFormat.of().parseHex(key)),
            transport(),
            oneTime.publicKey(),
            challenge.nonceBytes(),
            node.identity.peerId(),
            new Pinned());
    assertThat(answer)
        .isEqualTo(
            "{\"sealedKeyB64\":\"%s\",\"sealNonceB64\":\"RERERERERERERERE\"}"
                .formatted(Node.base64(sealed.ciphertext().toArray())));
    assertThat(field(answer, "sealedKeyB64")).matches("[A-Za-z0-9+/]{107}=");
    assertWiped(2);
  }

  @Test
  void errorIsATagAndItsDetails() throws IOException {
    assertThat(post("/nothing", "{}", "404"))
        .isEqualTo("{\"error\":\"invalid_request\",\"details\":\"there is nothing at this path\"}");
    assertThat(post("/get-key", "{\"challengeId\":\"x\"}", "400"))
        .isEqualTo("{\"error\":\"invalid_request\",\"details\":\"quoteB64 is missing\"}");
  }

  @Test
  void detailsAreLeftOutWhereThereAreNone() throws IOException {
    assertThat(exchange("GET /health HTTP/1.1~Host: kms~Expect: a miracle~~", "417"))
        .isEqualTo("{\"error\":\"invalid_request\"}");
  }
}
