package network.calimero.tee.kms.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;

class GetKeyStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  private final PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom());

  private static GetKey getKey(ConsumedChallenges consumed, KeyDeriver deriver) {
    Collateral collateral;
    try {
      collateral = CollateralJson.parse(utf8(PLATFORM.collateral().json()));
    } catch (CollateralFormatException e) {
      throw new IllegalStateException(e);
    }
    CollateralSource source = (chain, tee, now) -> collateral;
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(PLATFORM.pki().root().der()));
    PolicyState policy =
        new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest");
    return new GetKey(
        InstantSource.fixed(NOW),
        () -> policy,
        new ChallengeIssuer(
            ChallengeKeys.random(new SecureRandom()), new SecureRandom(), Duration.ofSeconds(60)),
        consumed,
        new EvidenceCheck(new DcapVerifier(anchor, VerifierOptions.STRICT), source),
        new KeyRelease(deriver, new ServiceKeys(deriver), "prefix", new SecureRandom()),
        false);
  }

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private GetKeyRequest request(GetKey getKey) throws KmsException {
    String peer = identity.peerId().text();
    Challenge challenge = getKey.challenge(peer);
    byte[] reportData = new byte[64];
    System.arraycopy(challenge.nonce().toArray(), 0, reportData, 0, 32);
    System.arraycopy(Sha256.of(peer).toArray(), 0, reportData, 32, 32);
    byte[] quote = PLATFORM.launch(TdImage.named("node")).quote(reportData);
    String payload =
        "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
            .formatted(challenge.id(), challenge.nonce().hex(), Hex.encode(Sha256.of(quote)), peer);
    return new GetKeyRequest(
        challenge.id().text(),
        StrictBase64.encode(quote),
        peer,
        StrictBase64.encode(identity.publicKey().protobuf()),
        StrictBase64.encode(identity.sign(payload.getBytes(StandardCharsets.UTF_8))),
        Optional.empty());
  }

  private static SecretBytes key(int size) {
    return SecretBytes.moveFrom(new byte[size]);
  }

  private KmsException refusal(GetKey getKey) throws KmsException {
    GetKeyRequest request = request(getKey);
    return catchThrowableOfType(KmsException.class, () -> getKey.release(request));
  }

  @Test
  void underAPolicyThatIsNotEnforcedThePathIsOfProfileDebug() throws KmsException {
    AtomicReference<String> path = new AtomicReference<>("");
    GetKey getKey =
        getKey(
            new InMemoryConsumedChallenges(1),
            asked -> {
              path.set(asked);
              return key(32);
            });

    assertThat(getKey.release(request(getKey))).isInstanceOf(KeyAnswer.Plain.class);
    assertThat(path.get()).isEqualTo("prefix/debug/" + identity.peerId());
  }

  @Test
  void keysThatNoNodeAcceptsAreNotReleased() throws KmsException {
    for (int size : new int[] {0, 31, 2_049}) {
      KmsException refused = refusal(getKey(new InMemoryConsumedChallenges(1), p -> key(size)));
      assertThat(refused.error()).isEqualTo(KmsError.KEY_DERIVATION_FAILED);
    }
  }

  @Test
  void storeThatCannotBeReachedIsSaidWhereUseIsLookedUpAndWhereItIsRecorded() throws KmsException {
    ConsumedChallenges gone =
        new ConsumedChallenges() {
          @Override
          public boolean isConsumed(Challenge challenge) throws ChallengeStoreException {
            throw new ChallengeStoreException("no route", new IOException());
          }

          @Override
          public Use consume(Challenge challenge, Instant now) {
            return new Use.First();
          }
        };
    ConsumedChallenges goneLater =
        new ConsumedChallenges() {
          @Override
          public boolean isConsumed(Challenge challenge) {
            return false;
          }

          @Override
          public Use consume(Challenge challenge, Instant now) throws ChallengeStoreException {
            throw new ChallengeStoreException("no route", new IOException());
          }
        };

    for (ConsumedChallenges store : new ConsumedChallenges[] {gone, goneLater}) {
      KmsException refused = refusal(getKey(store, p -> key(32)));
      assertThat(refused.error()).isEqualTo(KmsError.CHALLENGE_STORE_UNAVAILABLE);
      assertThat(refused.details()).doesNotContain("no route");
    }
  }
}
