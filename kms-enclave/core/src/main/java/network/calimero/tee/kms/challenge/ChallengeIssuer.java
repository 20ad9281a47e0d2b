package network.calimero.tee.kms.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsException;

/**
 * Issues challenges and recognises them without remembering any: identifier and nonce are MACs over
 * random bytes, the times of issue and expiry, and the peer (kms-protocol.md, POST /challenge).
 * However many strangers ask for, nothing fills up.
 *
 * <p>Safe for use by several threads.
 */
public final class ChallengeIssuer {
  // Each ends in a zero byte, and what follows has fixed sizes up to the peer ID, which is last: no
  // two different inputs run together, and an identifier's MAC is never a nonce.
  private static final byte[] ID_DOMAIN = ascii("mero-kms/challenge-id/v1\0");
  private static final byte[] NONCE_DOMAIN = ascii("mero-kms/challenge-nonce/v1\0");

  private final ChallengeKeys keys;
  private final SecureRandom random;
  private final Duration ttl;

  /**
   * An issuer.
   *
   * @param keys have what the MACs are made with
   * @param random makes the identifiers
   * @param ttl how long a challenge can be used, whole seconds, at least one
   */
  public ChallengeIssuer(ChallengeKeys keys, SecureRandom random, Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("challenges of " + ttl + " would be born expired");
    }
    this.keys = keys;
    this.random = random;
    this.ttl = ttl;
  }

  /**
   * A new challenge for a peer.
   *
   * @throws KmsException if there is no key for it now
   */
  public Challenge issue(PeerId peer, Instant now) throws KmsException {
    ChallengeKey key = keys.current();
    byte[] randomId = new byte[ChallengeId.RANDOM_SIZE];
    random.nextBytes(randomId);
    byte[] claims =
        ByteBuffer.allocate(ChallengeId.MAC_OFFSET)
            .put(ChallengeId.VERSION)
            .put(randomId)
            .putLong(now.toEpochMilli())
            .putLong(now.getEpochSecond() + ttl.toSeconds())
            .array();
    byte[] mac = key.mac(ID_DOMAIN, claims, ascii(peer.text()));
    byte[] raw = ByteBuffer.allocate(ChallengeId.SIZE).put(claims).put(mac).array();
    return challenge(key, new ChallengeId(Bytes.of(raw)), peer);
  }

  /**
   * The challenge of that identifier, if it was issued under this key, to that peer, not before the
   * key counts here, and is in time. Whether it was used is another question: {@link
   * ConsumedChallenges}.
   *
   * @throws KmsException if there is no key to recognise it by now
   */
  public Optional<Challenge> open(ChallengeId id, PeerId peer, Instant now) throws KmsException {
    ChallengeKey key = keys.current();
    byte[] expected = key.mac(ID_DOMAIN, id.claims().toArray(), ascii(peer.text()));
    if (!MessageDigest.isEqual(expected, id.mac().toArray())
        || !key.admits(id.issuedAtMillis())
        || id.expiry() <= now.getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(challenge(key, id, peer));
  }

  private static Challenge challenge(ChallengeKey key, ChallengeId id, PeerId peer) {
    byte[] nonce = key.mac(NONCE_DOMAIN, id.claims().toArray(), ascii(peer.text()));
    return new Challenge(id, Bytes.of(nonce), Instant.ofEpochSecond(id.expiry()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
