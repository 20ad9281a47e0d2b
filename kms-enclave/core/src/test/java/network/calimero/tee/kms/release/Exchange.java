package network.calimero.tee.kms.release;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.TdImage;

/** What a node says to a key server, on a simulated platform. */
final class Exchange {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  private final PeerPublicKey key;
  private final UnaryOperator<byte[]> signer;

  /** Of a node with a key as nodes have them. */
  Exchange() {
    PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom());
    this(identity.publicKey(), identity::sign);
  }

  /** Of a node with that key, whose signatures are made so. */
  Exchange(PeerPublicKey key, UnaryOperator<byte[]> signer) {
    this.key = key;
    this.signer = signer;
  }

  static GetKey getKey(PolicyState policy, ConsumedChallenges consumed, KeyDeriver deriver) {
    Collateral collateral = collateral(PLATFORM);
    FreshnessGuard guard = new FreshnessGuard(Instant.EPOCH, Minimums.NONE, new SeenCollateral());
    return getKey(
        policy, consumed, deriver, InstantSource.fixed(NOW), (_, _, _) -> collateral, guard);
  }

  /** What vouches for quotes of that platform, as the KMS fetches it. */
  static Collateral collateral(SimulatedPlatform platform) {
    try {
      return CollateralJson.parse(utf8(platform.collateral().json()));
    } catch (CollateralFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same at a time, with collateral and a guard of the caller's. */
  static GetKey getKey(
      PolicyState policy,
      ConsumedChallenges consumed,
      KeyDeriver deriver,
      InstantSource clock,
      CollateralSource source,
      FreshnessGuard guard) {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(PLATFORM.pki().root().der()));
    return new GetKey(
        clock,
        () -> policy,
        new ChallengeIssuer(
            ChallengeKeys.random(new SecureRandom()), new SecureRandom(), Duration.ofSeconds(60)),
        consumed,
        new EvidenceCheck(new DcapVerifier(anchor, VerifierOptions.STRICT), source, guard),
        new KeyRelease(
            deriver,
            new ServiceKeys(deriver),
            new KeyPrefixes("prefix", "agents"),
            new SecureRandom()),
        false);
  }

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The ID of the peer that asks. */
  String peer() {
    return key.peerId().text();
  }

  /** A plain request, with a quote of the image of that name. */
  GetKeyRequest request(GetKey getKey, String image) throws KmsException {
    String peer = peer();
    Challenge challenge = getKey.challenge(peer);
    byte[] reportData = new byte[64];
    System.arraycopy(challenge.nonce().toArray(), 0, reportData, 0, 32);
    System.arraycopy(Sha256.of(peer).toArray(), 0, reportData, 32, 32);
    byte[] quote = PLATFORM.launch(TdImage.named(image)).quote(reportData);
    String payload =
        "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
            .formatted(challenge.id(), challenge.nonce().hex(), Hex.encode(Sha256.of(quote)), peer);
    return new GetKeyRequest(
        challenge.id().text(),
        StrictBase64.encode(quote),
        peer,
        StrictBase64.encode(key.protobuf()),
        StrictBase64.encode(signer.apply(payload.getBytes(StandardCharsets.UTF_8))),
        Optional.empty());
  }
}
