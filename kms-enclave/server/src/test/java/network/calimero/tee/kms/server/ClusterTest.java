package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.server.HostilePeer.Reply;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas over real HTTP, with simulated quotes through a simulated configfs-tsm. */
class ClusterTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @TempDir private Path folder;
  private ReplicaSite.World world;

  @BeforeEach
  void open() throws Exception {
    world = new ReplicaSite.World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Bytes base64(String text) {
    return Bytes.of(Base64.getDecoder().decode(text));
  }

  /** What a replica tells of its transport key. */
  private static X25519PublicKey transport(ReplicaSite replica) {
    KmsHttp.Answer answer =
        replica.http.post(
            "/attest", Map.of("nonceB64", Node.base64(new byte[32]), "transportKey", true));
    return new X25519PublicKey(base64(answer.text("transportPublicKeyB64")));
  }

  /** The key of a node, sealed on its way and opened by it. */
  private static SecretBytes key(ReplicaSite replica, Node node, Node.Challenge challenge)
      throws Exception {
    try (X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom())) {
      KmsHttp.Answer answer =
          replica.http.post("/get-key", node.sealedRequest(challenge, oneTime.publicKey()));
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
      Sealed sealed =
          new Sealed(base64(answer.text("sealedKeyB64")), base64(answer.text("sealNonceB64")));
      return SealedRelease.open(
          sealed, oneTime, transport(replica), challenge.nonceBytes(), node.identity.peerId());
    }
  }

  private static SecretBytes key(ReplicaSite replica, Node node) throws Exception {
    return key(replica, node, challenge(replica, node));
  }

  private static Node.Challenge challenge(ReplicaSite replica, Node node) {
    KmsHttp.Answer answer = replica.http.post("/challenge", Map.of("peerId", node.peerId()));
    return new Node.Challenge(answer.text("challengeId"), base64(answer.text("nonceB64")));
  }

  private Node node(ReplicaSite replica) {
    return new Node(replica.http, world.platform.launch(Site.NODE_IMAGE));
  }

  @Test
  void threeReplicasGiveTheSameKeyAndAnyOneGoesOnAlone() throws Exception {
    ReplicaSite one = world.first();
    ReplicaSite two = world.joined(one.address());
    ReplicaSite three = world.joined(NOBODY, two.address());
    Node node = node(one);
    SecretBytes key = key(one, node);

    assertThat(key.length()).isEqualTo(32);
    assertThat(key(two, node)).isEqualTo(key);
    assertThat(key(three, node)).isEqualTo(key);
    assertThat(key(three, node(three))).isNotEqualTo(key);
    assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(three.fingerprint()).isEqualTo(one.fingerprint());

    one.close();
    three.close();
    assertThat(key(two, node)).isEqualTo(key);
    ReplicaSite four = world.joined(one.address(), two.address());
    two.close();
    assertThat(key(four, node)).isEqualTo(key);
    four.close();
  }

  @Test
  void challengeOfOneReplicaIsAnsweredAtAnother() throws Exception {
    try (ReplicaSite one = world.first();
        ReplicaSite two = world.joined(one.address())) {
      Node node = node(one);
      SecretBytes atHome = key(one, node);

      assertThat(key(two, node, challenge(one, node))).isEqualTo(atHome);
    }
  }

  @Test
  void challengeIssuedBeforeAReplicaHeldTheRootIsRefusedThere() throws Exception {
    try (ReplicaSite one = world.first();
        ReplicaSite two = world.waiting(false, one.address());
        X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom())) {
      Node node = node(one);
      Node.Challenge early = challenge(one, node);
      two.clock.advance(Duration.ofMillis(1));
      two.begin();
      two.awaitRoot();

      KmsHttp.Answer refused =
          two.http.post("/get-key", node.sealedRequest(early, oneTime.publicKey()));
      assertThat(refused.outcome()).isEqualTo("invalid_challenge");
      one.clock.advance(Duration.ofMillis(1));
      assertThat(key(two, node, challenge(one, node))).isEqualTo(key(one, node));
    }
  }

  @Test
  void fingerprintIsTheHashOfTheTransportKeyThatQuotesVouchFor() throws Exception {
    try (ReplicaSite one = world.first()) {
      assertThat(one.fingerprint()).isEqualTo(Sha256.of(transport(one).value()).hex());
    }
  }

  @Test
  void withoutARootEverythingThatNeedsItSaysSoInItsPlace() throws Exception {
    try (ReplicaSite empty = world.waiting(false, NOBODY);
        X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom())) {
      Node node = node(empty);
      Node.Challenge any = new Node.Challenge("02" + "0".repeat(128), Bytes.of(new byte[32]));
      Map<String, Object> request = node.sealedRequest(any, oneTime.publicKey());

      assertThat(empty.health().response().body())
          .isEqualTo(
              "{\"status\":\"alive\",\"service\":\"mero-kms-phala\",\"clusterRootReady\":false}");
      for (KmsHttp.Answer answer :
          new KmsHttp.Answer[] {
            empty.http.post("/get-key", request),
            empty.http.post("/challenge", Map.of("peerId", node.peerId())),
            empty.http.post("/cluster/nonce", "{}"),
            empty.http.post(
                "/cluster/join", Map.of("nonceB64", "", "joinerPublicB64", "", "quoteB64", "")),
          }) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.outcome()).isEqualTo("policy_not_ready");
        assertThat(answer.details()).contains("root");
      }
      request.put("quoteB64", "*");
      assertThat(empty.http.post("/get-key", request).outcome()).isEqualTo("policy_not_ready");
      request.put("peerId", "*");
      assertThat(empty.http.post("/get-key", request).outcome()).isEqualTo("invalid_peer_id");
      assertThat(empty.http.post("/challenge", Map.of("peerId", "*")).outcome())
          .isEqualTo("invalid_peer_id");
      KmsHttp.Answer ready = empty.http.get("/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().at("/backend/kind").stringValue()).isEqualTo("tdx");
      assertThat(ready.response().body()).contains("backend: this replica");
      assertThat(empty.http.post("/attest", Map.of("nonceB64", Node.base64(new byte[32]))).status())
          .isEqualTo(200);
    }
  }

  @Test
  void attestOnTdxHasItsOwnBindingNoDstackLogAndTheFirmwaresLog() throws Exception {
    try (ReplicaSite one = world.first()) {
      Map<String, Object> request = Map.of("nonceB64", Node.base64(new byte[32]), "eventLog", true);
      KmsHttp.Answer without = one.http.post("/attest", request);
      assertThat(without.text("reportDataHex"))
          .isEqualTo("00".repeat(32) + Sha256.of("mero-kms-attest-v1").hex());
      assertThat(without.json().get("eventLog").toString()).isEqualTo("[]");
      assertThat(without.text("vmConfig")).isEmpty();
      assertThat(without.json().has("eventLogB64")).isFalse();

      Files.write(folder.resolve("CCEL"), new byte[] {1, 2, 3});
      assertThat(one.http.post("/attest", request).text("eventLogB64")).isEqualTo("AQID");
      Files.write(folder.resolve("CCEL"), new byte[(1 << 20) + 1]);
      assertThat(one.http.post("/attest", request).outcome())
          .isEqualTo("attestation_verification_failed");
    }
  }

  @Test
  void replicaOfAnotherImageGetsNothingAndBothSidesSayWhy() throws Exception {
    TdImage other = ReplicaSite.IMAGE.with(TdField.MR_TD, ReplicaSite.filled(0x5a));
    try (ReplicaSite one = world.first();
        ReplicaSite two = world.joining(other, one.address())) {
      String error = two.awaitJoinError();

      assertThat(error)
          .startsWith(one.address() + ": peer_gave_none: it answers with status 403")
          .contains("measurement_differs")
          .contains("MRTD is " + "5a".repeat(48));
      assertThat(one.health().text("lastJoinRefusal")).startsWith("measurement_differs: ");
      assertThat(two.health().json().get("clusterRootReady").booleanValue()).isFalse();
      assertThat(two.log.events()).anyMatch(event -> event.name().equals("cluster.join.failed"));
    }
  }

  @Test
  void whereThePlatformGivesNoQuoteItsReasonIsInTheLogOnly() throws Exception {
    String reason = "is the host's quoting service (QGS) running?";
    try (ReplicaSite one = world.first();
        ReplicaSite two = world.waiting(false, one.address());
        ReplicaSite three = world.joined(one.address())) {
      two.quotingIsGone = true;
      two.begin();
      assertThat(two.awaitJoinError())
          .contains("own_quote_unavailable: ", "log says why")
          .doesNotContain("QGS");
      assertThat(two.log.reasons("cluster.join.failed")).anyMatch(why -> why.contains(reason));

      three.quotingIsGone = true;
      try (ReplicaSite four = world.joining(ReplicaSite.IMAGE, three.address())) {
        assertThat(four.awaitJoinError()).contains("log says why").doesNotContain("QGS");
        assertThat(three.log.reasons("request")).anyMatch(why -> why.contains(reason));
      }
    }
  }

  @Test
  void machineThatMustNotHoldARootDoesNotStart() {
    assertThatThrownBy(() -> world.joining(ReplicaSite.IMAGE.debug(), NOBODY))
        .isInstanceOf(UnfitReplicaException.class)
        .hasMessageContaining("debug TD");
    assertThatThrownBy(() -> world.joining(TdImage.named("kms"), NOBODY))
        .isInstanceOf(UnfitReplicaException.class)
        .hasMessageContaining("RTMR3");
  }

  @Test
  void bootstrapWhileAPeerHoldsARootJoinsInsteadOfMakingASecondOne() throws Exception {
    try (ReplicaSite one = world.first();
        ReplicaSite two = world.first(NOBODY, one.address())) {
      assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
      assertThat(two.log.events())
          .anyMatch(event -> event.name().equals("cluster.bootstrap.refused"))
          .anyMatch(event -> event.name().equals("cluster.root.joined"))
          .noneMatch(event -> event.name().equals("cluster.root.created"));
    }
  }

  @Test
  void peerThatDoesNotAnswerAtFirstIsAskedAgainBeforeASecondRootIsMade() throws Exception {
    AtomicInteger silent = new AtomicInteger(2);
    try (ReplicaSite one = world.first();
        HostilePeer late =
            new HostilePeer(
                one.address(),
                (path, genuine) ->
                    path.equals("/health") && silent.getAndDecrement() > 0
                        ? Reply.of(502, "")
                        : Reply.of(genuine.status(), genuine.response().body()));
        ReplicaSite two = world.first(late.address())) {
      assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
    }
  }

  @Test
  void peerThatDoesNotSaySoHoldsNoRoot() throws Exception {
    try (ReplicaSite one = world.first();
        HostilePeer silent = new HostilePeer(one.address(), (_, _) -> Reply.of(200, "{}"));
        ReplicaSite two = world.first(silent.address())) {
      assertThat(two.fingerprint()).isNotEqualTo(one.fingerprint());
    }
  }

  @Test
  void firstReplicaMakesTheRootEvenIfNoPeerIsThereYetAndWarns() throws Exception {
    try (ReplicaSite one = world.first(NOBODY);
        ReplicaSite apart = world.first()) {
      assertThat(one.fingerprint()).isNotEqualTo(apart.fingerprint());
      assertThat(one.log.events())
          .filteredOn(event -> event.name().equals("cluster.root.created"))
          .singleElement()
          .satisfies(event ->
              assertThat(String.valueOf(event.fields().get("warning")))
                  .contains("every key is lost"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cluster/nonce", "/cluster/join"})
  void pathsOfReplicasTakePostsOfBoundedSize(String path) throws Exception {
    try (ReplicaSite one = world.first()) {
      KmsHttp.Answer get = one.http.get(path);
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.header("Allow")).isEqualTo("POST");
      assertThat(one.http.post(path, " ".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
    }
  }

  @Test
  void nonceNeedsNoBodyAndJoinNeedsItsFields() throws Exception {
    try (ReplicaSite one = world.first()) {
      assertThat(base64(one.http.post("/cluster/nonce", "").text("nonceB64")).length())
          .isEqualTo(32);
      KmsHttp.Answer answer = one.http.post("/cluster/join", "{}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.outcome()).isEqualTo("invalid_request");
      assertThat(one.health().json().has("lastJoinRefusal")).isFalse();
    }
  }

  @Test
  void noncesRunOutAndComeBackWithTime() throws Exception {
    try (ReplicaSite one = world.first()) {
      for (int i = 0; i < 1_024; i++) {
        assertThat(one.http.post("/cluster/nonce", "").status()).isEqualTo(200);
      }
      KmsHttp.Answer refused = one.http.post("/cluster/nonce", "");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.outcome()).isEqualTo("rate_limited");
      assertThat(refused.header("Retry-After")).isEqualTo("60");
      one.clock.advance(Duration.ofSeconds(60));
      assertThat(one.http.post("/cluster/nonce", "").status()).isEqualTo(200);
    }
  }

  @Test
  void onDstackThereIsNoCluster() throws Exception {
    try (Site site = Site.open()) {
      assertThat(site.http.get("/health").response().body())
          .isEqualTo("{\"status\":\"alive\",\"service\":\"mero-kms-phala\"}");
      assertThat(site.http.post("/cluster/nonce", "{}").status()).isEqualTo(404);
      assertThat(site.http.post("/cluster/join", "{}").status()).isEqualTo(404);
    }
  }
}
