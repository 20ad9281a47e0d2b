package network.calimero.tee.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.TdImage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsClientTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Bytes NONCE = Bytes.of(new byte[32]);
  private static final String NONCE_TEXT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private StubKms kms;
  private KmsClient client;
  private PeerKeyPair identity;

  @BeforeEach
  void start() throws IOException {
    kms =
        StubKms.start(SimulatedPlatform.at(NOW).launch(TdImage.named("kms")), NOW.plusSeconds(60));
    client = new KmsClient(kms.url());
    identity = PeerKeyPair.generate(new SecureRandom());
  }

  @AfterEach
  void stop() {
    client.close();
    identity.close();
    kms.close();
  }

  private static NodeException failure(ThrowingCallable call) {
    return catchThrowableOfType(NodeException.class, call);
  }

  private Challenge challenge() throws NodeException {
    return client.challenge(identity.peerId());
  }

  private KeyRequest request() throws NodeException {
    return KeyRequest.sign(challenge(), Bytes.of(new byte[700]), identity, Optional.empty());
  }

  @Test
  void waitsAsLongAsANode() {
    assertThat(KmsClient.TIMEOUT).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takesAChallengeAsItIs() throws NodeException {
    Challenge challenge = challenge();
    assertThat(challenge.id()).isEqualTo("c0ffee");
    assertThat(challenge.nonce().length()).isEqualTo(32);
    assertThat(challenge.expiresAt()).isEqualTo(NOW.plusSeconds(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"challengeId\":\"\",\"nonceB64\":\"N\",\"expiresAt\":1} | challengeId is empty",
        "{\"challengeId\":\"LONG\",\"nonceB64\":\"N\",\"expiresAt\":1} | at most 512",
        "{\"challengeId\":\"a\",\"nonceB64\":\"AAAA\",\"expiresAt\":1} | 3 bytes, not 32",
        "{\"challengeId\":\"a\",\"nonceB64\":\"!\",\"expiresAt\":1} | nonceB64",
        "{\"challengeId\":\"a\",\"nonceB64\":\"N\",\"expiresAt\":1.5} | expiresAt",
        "{\"challengeId\":\"a\",\"nonceB64\":\"N\",\"expiresAt\":\"1\"} | expiresAt",
        "{\"challengeId\":\"a\",\"nonceB64\":\"N\",\"expiresAt\":9e99} | expiresAt",
        "{\"challengeId\":\"a\",\"nonceB64\":\"N\",\"expiresAt\":9223372036854775807} | no time",
      })
  void refusesChallengesThatANodeCannotUse(String body, String message) {
    String answer = body.replace("\"N\"", '"' + NONCE_TEXT + '"').replace("LONG", "x".repeat(513));
    kms.answer("/challenge", 200, answer);
    NodeException failure = failure(this::challenge);
    assertThat(failure.code()).isEqualTo(Code.ANSWER_MALFORMED);
    assertThat(failure).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nonceB64\":\"N\",\"expiresAt\":1} | challengeId",
        "{\"challengeId\":7,\"nonceB64\":\"N\",\"expiresAt\":1} | challengeId",
        "[] | not a JSON object",
        "hello | not a JSON object",
        "<html>Welcome to nginx</html> | not a JSON object",
      })
  void takesNoStrangerForAKms(String body, String message) {
    kms.answer("/challenge", 200, body);
    NodeException failure = failure(this::challenge);
    assertThat(failure.code()).isEqualTo(Code.NOT_A_KMS);
    assertThat(failure).hasMessageContaining(message).hasMessageContaining("not known to be a KMS");
  }

  @Test
  void takesAChallengeIdOf512Characters() throws NodeException {
    String id = "\\u00fc\\\"".repeat(256);
    kms.answer(
        "/challenge",
        200,
        "{\"challengeId\":\"%s\",\"nonceB64\":\"%s\",\"expiresAt\":1}".formatted(id, NONCE_TEXT));
    assertThat(challenge().id()).hasSize(512);
  }

  @Test
  void refusesEvidenceOverANodesLimits() {
    kms.answer(
        "/attest",
        200,
        "{\"quoteB64\":\"%s\",\"reportDataHex\":\"00\"}".formatted("A".repeat(131_076)));
    assertThat(failure(() -> client.attest(NONCE, NONCE, false)))
        .hasMessageContaining("quoteB64 has 131076 characters; a node takes at most 131072");
    kms.answer(
        "/attest",
        200,
        "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"%s\"}".formatted("0".repeat(1_026)));
    assertThat(failure(() -> client.attest(NONCE, NONCE, false)))
        .hasMessageContaining("reportDataHex has 1026 characters; a node takes at most 1024");
  }

  @Test
  void refusesEvidenceThatIsNotBase64() {
    kms.answer("/attest", 200, "{\"quoteB64\":\"AA\",\"reportDataHex\":\"00\"}");
    assertThat(failure(() -> client.attest(NONCE, NONCE, false)).code())
        .isEqualTo(Code.ANSWER_MALFORMED);
  }

  @Test
  void takesKeysOf32To2048Bytes() throws NodeException {
    for (int bytes : new int[] {32, 2048}) {
      kms.answer("/get-key", 200, "{\"key\":\"%s\"}".formatted("5a".repeat(bytes)));
      try (ReleasedKey key = client.getKey(request())) {
        assertThat(key.length()).isEqualTo(bytes);
        assertThat(key.hexText()).isEqualTo("5a".repeat(bytes).getBytes(US_ASCII));
        assertThat(key.toString()).doesNotContain("5a5a").contains(key.fingerprint());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 62, 63, 65, 4097, 4098})
  void refusesKeysOfAnotherSize(int digits) {
    kms.answer("/get-key", 200, "{\"key\":\"%s\"}".formatted("5".repeat(digits)));
    assertThat(failure(() -> client.getKey(request())).code()).isEqualTo(Code.KEY_UNUSABLE);
  }

  @Test
  void neverRepeatsAKeyThatItRefuses() {
    kms.answer("/get-key", 200, "{\"key\":\"%s\"}".formatted("5xyz".repeat(20)));
    NodeException failure = failure(() -> client.getKey(request()));
    assertThat(failure.code()).isEqualTo(Code.KEY_UNUSABLE);
    assertThat(failure.getMessage()).doesNotContain("5xyz");
    kms.answer("/get-key", 200, "{\"key\":\"secret\" oops}");
    assertThat(failure(() -> client.getKey(request())).getMessage()).doesNotContain("secret");
  }

  @Test
  void refusesASealedKeyThatItDidNotAskFor() {
    kms.answer("/get-key", 200, "{\"sealedKeyB64\":\"AAAA\",\"sealNonceB64\":\"AAAA\"}");
    assertThat(failure(() -> client.getKey(request()))).hasMessageContaining("sealed");
  }

  @Test
  void refusesAPlainKeyWhereItAskedForASealedOne() {
    kms.answer("/get-key", 200, "{\"key\":\"%s\"}".formatted("5a".repeat(32)));
    NodeException failure = failure(() -> client.getSealedKey(request()));
    assertThat(failure).hasMessageContaining("plain").hasMessageNotContaining("5a5a");
    assertThat(failure.code()).isEqualTo(Code.ANSWER_MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', AAAAAAAAAAAAAAAA, fewer than the tag",
    "AAAAAAAAAAAAAAAAAAAAAAAA, AAAA, a nonce of 3 bytes",
    "!AAAAAAAAAAAAAAAAAAAAAAA, AAAAAAAAAAAAAAAA, base64",
  })
  void refusesASealedKeyThatIsNone(String sealed, String nonce, String message) {
    kms.answer(
        "/get-key",
        200,
        "{\"sealedKeyB64\":\"%s\",\"sealNonceB64\":\"%s\"}".formatted(sealed, nonce));
    NodeException failure = failure(() -> client.getSealedKey(request()));
    assertThat(failure.code()).isEqualTo(Code.ANSWER_MALFORMED);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void saysThatAKmsDoesNotSeal() {
    kms.answer("/attest", 200, "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"00\"}");
    NodeException failure = failure(() -> client.attest(NONCE, NONCE, true));
    assertThat(failure.code()).isEqualTo(Code.SEALING_NOT_OFFERED);
    assertThat(failure.advice()).contains("--plain");
  }

  @Test
  void takesNoTransportKeyOfLowOrder() {
    kms.answer(
        "/attest",
        200,
        "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"00\",\"transportPublicKeyB64\":\"%s\"}"
            .formatted(NONCE_TEXT));
    NodeException failure = failure(() -> client.attest(NONCE, NONCE, true));
    assertThat(failure.code()).isEqualTo(Code.ANSWER_MALFORMED);
  }

  @Test
  void passesOnWhatTheKmsSays() {
    kms.answer(
        "/challenge", 429, "{\"error\":\"rate_limited\",\"details\":\"slow\\u001b[2J\\ndown\"}");
    NodeException failure = failure(this::challenge);
    KmsError error = failure.error().orElseThrow();
    assertThat(failure.code()).isEqualTo(Code.KMS_NOT_ABLE);
    assertThat(error.status()).isEqualTo(429);
    assertThat(error.tag()).isEqualTo("rate_limited");
    assertThat(error.details()).isEqualTo("slow?[2J?down");
    assertThat(error.isRefusal()).isFalse();
    assertThat(failure.advice()).contains("wait 7 s");
  }

  @Test
  void takesErrorsOfAnyForm() {
    kms.answer("/challenge", 502, "<html>Bad gateway</html>");
    NodeException failure = failure(this::challenge);
    assertThat(failure).hasMessageContaining("HTTP status 502");
    assertThat(failure.code()).isEqualTo(Code.NOT_A_KMS);
    assertThat(failure.advice()).startsWith("try again later");
  }

  @Test
  void followsNoRedirect() {
    kms.answer("/challenge", 302, "{}");
    NodeException failure = failure(this::challenge);
    assertThat(failure.error().orElseThrow().status()).isEqualTo(302);
    assertThat(failure.advice()).contains("redirect");
    assertThat(kms.requests()).containsExactly("/challenge");
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotEnd() {
    kms.hangInBody("/challenge");
    try (KmsClient hasty = new KmsClient(kms.url(), Duration.ofMillis(200))) {
      assertThat(failure(() -> hasty.challenge(identity.peerId())).code())
          .isEqualTo(Code.KMS_TIMEOUT);
    }
  }

  @Test
  void stopsReadingAnAnswerOverItsLimit() {
    kms.flood("/challenge");
    NodeException failure = failure(this::challenge);
    assertThat(failure.code()).isEqualTo(Code.NOT_A_KMS);
    assertThat(failure).hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void saysThatNobodyListens() {
    kms.close();
    NodeException failure = failure(this::challenge);
    assertThat(failure.code()).isEqualTo(Code.KMS_UNREACHABLE);
    assertThat(failure).hasMessageContaining(kms.url().toString());
    assertThat(failure.advice()).contains("GET /health");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "kms.example.org",
        "http:///path",
        "https://user:pass@host",
        "http://host?query",
        "http://host#fragment"
      })
  void refusesUrlsThatAreNotAKmss(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KmsClient(URI.create(url)))
        .withMessageNotContaining("pass");
  }

  @Test
  void keepsAPathBeforeTheProtocols() throws IOException {
    try (KmsClient behindProxy = new KmsClient(URI.create(kms.url() + "/kms/"))) {
      assertThat(failure(() -> behindProxy.challenge(identity.peerId())).error()).isPresent();
    }
    assertThat(kms.requests()).containsExactly("/kms/challenge");
  }
}
