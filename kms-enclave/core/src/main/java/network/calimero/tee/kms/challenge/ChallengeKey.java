package network.calimero.tee.kms.challenge;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import network.calimero.tee.secret.SecretBytes;

/** A key of HMAC-SHA-256, and from when on challenges under it count here. */
public final class ChallengeKey {
  /** Its size in bytes. */
  public static final int SIZE = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;
  private final Instant notBefore;

  /**
   * Keeps a copy of a secret.
   *
   * @param notBefore challenges issued earlier are refused: whoever shares the key without sharing
   *     the memory of uses says since when it remembers them; {@link Instant#MIN} if there were
   *     none earlier, or the memory is shared
   * @throws IllegalArgumentException if the secret has not 32 bytes
   */
  public ChallengeKey(SecretBytes secret, Instant notBefore) {
    if (secret.length() != SIZE) {
      throw new IllegalArgumentException("a key of challenges has " + SIZE + " bytes");
    }
    this.secret = secret.use(bytes -> new SecretKeySpec(bytes, ALGORITHM));
    this.notBefore = notBefore;
  }

  /** In whole milliseconds, as challenges tell when they were issued. */
  boolean admits(long issuedAtMillis) {
    return notBefore.equals(Instant.MIN) || issuedAtMillis >= notBefore.toEpochMilli();
  }

  byte[] mac(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Always the same text. */
  @Override
  public String toString() {
    return "[key of challenges]";
  }
}
