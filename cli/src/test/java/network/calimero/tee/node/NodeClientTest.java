package network.calimero.tee.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.GuestQuote;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeClientTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  private final SimulatedTdxMachine machine = PLATFORM.launch(TdImage.named("node"));
  private StubKms kms;
  private KmsClient client;

  @BeforeEach
  void start() throws IOException {
    kms = StubKms.start(PLATFORM.launch(TdImage.named("kms")), NOW.plusSeconds(60));
    client = new KmsClient(kms.url());
  }

  @AfterEach
  void stop() {
    client.close();
    kms.close();
  }

  private QuoteProvider quotes() {
    return asked -> GuestQuote.withoutLog(machine.quote(asked));
  }

  private NodeClient node(PeerKeyPair identity, QuoteProvider quotes, Instant now) {
    return new NodeClient(client, quotes, identity, InstantSource.fixed(now));
  }

  private ReleasedKey sealedKey(PeerKeyPair identity) throws NodeException, GuestException {
    Bytes nonce = Bytes.of(new byte[32]);
    X25519PublicKey transport = client.attest(nonce, nonce, true).transportKey().orElseThrow();
    return sealedKey(identity, transport);
  }

  private ReleasedKey sealedKey(PeerKeyPair identity, X25519PublicKey transport)
      throws NodeException, GuestException {
    try (SealedExchange exchange = node(identity, quotes(), NOW).begin(transport)) {
      return exchange.complete();
    }
  }

  @Test
  void opensTheKeyThatIsSealedToIt() throws NodeException, GuestException {
    try (PeerKeyPair one = PeerKeyPair.generate(new SecureRandom());
        PeerKeyPair other = PeerKeyPair.generate(new SecureRandom());
        ReleasedKey first = sealedKey(one);
        ReleasedKey second = sealedKey(one);
        ReleasedKey third = sealedKey(other)) {
      assertThat(kms.complaints()).isEmpty();
      assertThat(first.isSameAs(second)).isTrue();
      assertThat(first.isSameAs(third)).isFalse();
      assertThat(new String(first.hexText(), US_ASCII))
          .isEqualTo(StubKms.keyOf(one.peerId().text()));
    }
  }

  @Test
  void opensNothingThatAnotherThanTheAttestedKmsSealed() throws NodeException {
    Bytes nonce = Bytes.of(new byte[32]);
    X25519PublicKey attested = client.attest(nonce, nonce, true).transportKey().orElseThrow();
    kms.changeTransportKeyAfterAttest();
    try (PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      NodeException failure =
          catchThrowableOfType(NodeException.class, () -> sealedKey(identity, attested));
      assertThat(failure.code()).isEqualTo(Code.SEAL_BROKEN);
      assertThat(failure.advice()).contains("/get-key", "/attest");
    }
  }

  @Test
  void opensNothingOnceItsOneTimeKeyIsWiped() throws NodeException, GuestException {
    Bytes nonce = Bytes.of(new byte[32]);
    X25519PublicKey attested = client.attest(nonce, nonce, true).transportKey().orElseThrow();
    try (PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      SealedExchange exchange = node(identity, quotes(), NOW).begin(attested);
      exchange.close();
      assertThatThrownBy(exchange::complete).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void getsTheSameKeyTwiceAndAnotherNodeAnotherOne() throws NodeException, GuestException {
    try (PeerKeyPair one = PeerKeyPair.generate(new SecureRandom());
        PeerKeyPair other = PeerKeyPair.generate(new SecureRandom());
        ReleasedKey first = node(one, quotes(), NOW).fetchPlainKey();
        ReleasedKey second = node(one, quotes(), NOW).fetchPlainKey();
        ReleasedKey third = node(other, quotes(), NOW).fetchPlainKey()) {
      assertThat(kms.complaints()).isEmpty();
      assertThat(first.isSameAs(second)).isTrue();
      assertThat(first.isSameAs(third)).isFalse();
      assertThat(new String(first.hexText(), US_ASCII))
          .isEqualTo(StubKms.keyOf(one.peerId().text()));
    }
  }

  @Test
  void refusesAChallengeAtItsExpiry() {
    try (PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      NodeException failure =
          catchThrowableOfType(
              NodeException.class,
              () -> node(identity, quotes(), NOW.plusSeconds(60)).fetchPlainKey());
      assertThat(failure.code()).isEqualTo(Code.CHALLENGE_EXPIRED);
      assertThat(kms.requests()).containsExactly("/challenge");
    }
  }

  @Test
  void sendsNoQuoteOfItsOwnMachineThatIsOverSomethingElse() {
    QuoteProvider wrong = _ -> GuestQuote.withoutLog(machine.quote(new byte[64]));
    try (PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      NodeException failure =
          catchThrowableOfType(
              NodeException.class, () -> node(identity, wrong, NOW).fetchPlainKey());
      assertThat(failure.code()).isEqualTo(Code.OWN_QUOTE_WRONG);
      assertThat(kms.requests()).containsExactly("/challenge");
    }
  }

  @Test
  void signsInTheOrderThatTheProtocolFixesWhateverTheChallengeIdHolds() throws Exception {
    try (PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      Bytes quote = Bytes.of(new byte[] {1, 2, 3});
      Challenge challenge = new Challenge("a\"b\\/ü", Bytes.of(new byte[32]), NOW);
      KeyRequest request = KeyRequest.sign(challenge, quote, identity, Optional.empty());
      String payload =
          "{\"challengeId\":\"a\\\"b\\\\/ü\",\"challengeNonceHex\":\""
              + "0".repeat(64)
              + "\",\"quoteHashHex\":\"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81\","
              + "\"peerId\":\""
              + identity.peerId()
              + "\"}";
      assertThat(
              identity.publicKey().verify(payload.getBytes(UTF_8), request.signature().toArray()))
          .isTrue();
    }
  }
}
