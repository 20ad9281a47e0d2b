package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.kms.server.Node.Challenge;
import network.calimero.tee.simulator.quote.QuoteFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GetKeyTest {
  private static Site site;

  @BeforeAll
  static void open() throws IOException {
    site = Site.open();
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
  }

  @Test
  void nodeGetsTheKeyAtItsOwnPathAndTheSameEveryTime() {
    Node node = site.node();

    KmsHttp.Answer first = node.getKey();
    KmsHttp.Answer second = node.getKey();

    String path = "merod/storage/locked-read-only/" + node.peerId();
    assertThat(first.text("key")).isEqualTo(site.keyAt(path));
    assertThat(second.text("key")).isEqualTo(first.text("key"));
  }

  @Test
  void anotherNodeGetsAnotherKey() {
    assertThat(site.node().getKey().text("key")).isNotEqualTo(site.node().getKey().text("key"));
  }

  @Test
  void answerWithAKeyIsNotToBeStored() {
    KmsHttp.Answer answer = site.node().getKey();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().propertyNames()).containsExactly("key");
  }

  @Test
  void payloadWithSortedKeysIsAccepted() {
    Node node = site.node();
    Challenge challenge = node.challenge();
    byte[] quote = node.quote(challenge);
    Map<String, Object> request = node.request(challenge, quote);
    String sorted =
        "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"peerId\":\"%s\",\"quoteHashHex\":\"%s\"}"
            .formatted(
                challenge.id(),
                Node.hex(challenge.nonce()),
                node.peerId(),
                Node.hex(Node.sha256(quote)));
    request.put("signatureB64", Node.base64(node.sign(sorted)));

    assertThat(site.http.post("/get-key", request).status()).isEqualTo(200);
  }

  @Test
  void quotesOfEveryTdxFormatAreAccepted() {
    for (QuoteFormat format :
        List.of(QuoteFormat.TDX_V4, QuoteFormat.TDX_V5_TD10, QuoteFormat.TDX_V5_TD15)) {
      Node node = site.node();
      Challenge challenge = node.challenge();
      byte[] reportData = Node.concat(challenge.nonce(), Node.sha256(node.peerId()));
      byte[] quote = node.machine.quote(format, reportData, q -> {});

      KmsHttp.Answer answer = site.http.post("/get-key", node.request(challenge, quote));

      assertThat(answer.outcome()).as(format + ": " + answer.details()).isEqualTo("ok");
    }
  }

  @Test
  void nodeMayHaveAnRsaIdentity() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    byte[] header = {8, 0, 0x12, (byte) (0x80 | (spki.length & 0x7f)), (byte) (spki.length >> 7)};
    PeerPublicKey publicKey = PeerPublicKey.decode(Node.concat(header, spki));
    String peerId = publicKey.peerId().text();
    KmsHttp.Answer challenge = site.http.post("/challenge", Map.of("peerId", peerId));
    byte[] nonce = Base64.getDecoder().decode(challenge.text("nonceB64"));
    byte[] quote = site.node().machine.quote(Node.concat(nonce, Node.sha256(peerId)));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(
        "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
            .formatted(
                challenge.text("challengeId"),
                Node.hex(nonce),
                Node.hex(Node.sha256(quote)),
                peerId)
            .getBytes(StandardCharsets.UTF_8));

    KmsHttp.Answer answer =
        site.http.post(
            "/get-key",
            Map.of(
                "challengeId", challenge.text("challengeId"),
                "quoteB64", Node.base64(quote),
                "peerId", peerId,
                "peerPublicKeyB64", Node.base64(publicKey.protobuf()),
                "signatureB64", Node.base64(signature.sign())));

    assertThat(answer.outcome()).as(answer.details()).isEqualTo("ok");
    assertThat(answer.text("key"))
        .isEqualTo(site.keyAt("merod/storage/locked-read-only/" + peerId));
  }

  @Test
  void unknownFieldsAreIgnored() {
    Node node = site.node();
    Map<String, Object> request = node.request(node.challenge());
    request.put("somethingNew", List.of(1, 2));

    assertThat(site.http.post("/get-key", request).status()).isEqualTo(200);
  }

  @Test
  void usedChallengeIsInvalid() {
    Node node = site.node();
    Challenge challenge = node.challenge();

    assertThat(site.http.post("/get-key", node.request(challenge)).outcome()).isEqualTo("ok");
    assertThat(site.http.post("/get-key", node.request(challenge)).outcome())
        .isEqualTo("invalid_challenge");
  }

  @Test
  void refusedRequestDoesNotSpendTheChallenge() {
    Node node = site.node();
    Challenge challenge = node.challenge();
    Map<String, Object> request = node.request(challenge);
    request.put("signatureB64", Node.base64(new byte[64]));

    assertThat(site.http.post("/get-key", request).outcome()).isEqualTo("invalid_signature");
    assertThat(site.http.post("/get-key", node.request(challenge)).outcome()).isEqualTo("ok");
  }

  @Test
  void oneThousandSimultaneousUsesOfOneChallengeGiveExactlyOneKey() throws Exception {
    Node node = site.node();
    Map<String, Object> request = node.request(node.challenge());
    int uses = 1000;
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<String>> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, uses)
          .forEach(i ->
              outcomes.add(
                  CompletableFuture.supplyAsync(
                      () -> {
                        await(start);
                        return site.http.post("/get-key", request).outcome();
                      },
                      threads)));
      start.countDown();
    }

    Map<String, Long> counts =
        outcomes.stream()
            .map(CompletableFuture::join)
            .collect(Collectors.groupingBy(o -> o, Collectors.counting()));
    assertThat(counts).containsOnly(Map.entry("ok", 1L), Map.entry("invalid_challenge", 999L));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
