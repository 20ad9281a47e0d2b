package network.calimero.tee.kms.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.PeerId;

/**
 * Issues challenges and recognises them without remembering any: identifier and nonce are MACs
 * under a secret of this process, over random bytes, the expiry and the peer (kms-protocol.md, POST
 * /challenge). However many strangers ask for, nothing fills up; and since the secret is random per
 * process, a restart ends every challenge, used or not.
 *
 * <p>Safe for use by several threads.
 */
public final class ChallengeIssuer {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_SIZE = 32;
  // Each ends in a zero byte, and what follows has fixed sizes up to the peer ID, which is last: no
  // two different inputs run together, and an identifier's MAC is never a nonce.
  private static final byte[] ID_DOMAIN = ascii("mero-kms/challenge-id/v1\0");
  private static final byte[] NONCE_DOMAIN = ascii("mero-kms/challenge-nonce/v1\0");

  private final SecretKeySpec secret;
  private final SecureRandom random;
  private final Duration ttl;

  /**
   * An issuer with a secret of its own.
   *
   * @param random makes the secret and the identifiers
   * @param ttl how long a challenge can be used, whole seconds, at least one
   */
  public ChallengeIssuer(SecureRandom random, Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("challenges of " + ttl + " would be born expired");
    }
    byte[] key = new byte[SECRET_SIZE];
    random.nextBytes(key);
    this.secret = new SecretKeySpec(key, ALGORITHM);
    this.random = random;
    this.ttl = ttl;
  }

  /** A new challenge for a peer. */
  public Challenge issue(PeerId peer, Instant now) {
    byte[] randomId = new byte[ChallengeId.RANDOM_SIZE];
    random.nextBytes(randomId);
    byte[] claims =
        ByteBuffer.allocate(ChallengeId.MAC_OFFSET)
            .put(ChallengeId.VERSION)
            .put(randomId)
            .putLong(now.getEpochSecond() + ttl.toSeconds())
            .array();
    byte[] mac = mac(ID_DOMAIN, claims, peer);
    byte[] raw = ByteBuffer.allocate(ChallengeId.SIZE).put(claims).put(mac).array();
    return challenge(new ChallengeId(Bytes.of(raw)), peer);
  }

  /**
   * The challenge of that identifier, if it was issued here, to that peer, and is in time. Whether
   * it was used is another question: {@link ConsumedChallenges}.
   */
  public Optional<Challenge> open(ChallengeId id, PeerId peer, Instant now) {
    byte[] expected = mac(ID_DOMAIN, id.claims().toArray(), peer);
    if (!MessageDigest.isEqual(expected, id.mac().toArray())
        || id.expiry() <= now.getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(challenge(id, peer));
  }

  private Challenge challenge(ChallengeId id, PeerId peer) {
    byte[] nonce = mac(NONCE_DOMAIN, id.claims().toArray(), peer);
    return new Challenge(id, Bytes.of(nonce), Instant.ofEpochSecond(id.expiry()));
  }

  private byte[] mac(byte[] domain, byte[] claims, PeerId peer) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(domain);
      mac.update(claims);
      return mac.doFinal(ascii(peer.text()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
