package network.calimero.tee.simulator.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes of the formats simulated here. */
public final class Hash {
  private Hash() {}

  /** SHA-1, for key identifiers only. */
  public static byte[] sha1(byte[] message) {
    return digest("SHA-1", message);
  }

  /** SHA-256, 32 bytes. */
  public static byte[] sha256(byte[]... parts) {
    return digest("SHA-256", Bytes.concat(parts));
  }

  /** SHA-384, 48 bytes: the size of a measurement. */
  public static byte[] sha384(byte[]... parts) {
    return digest("SHA-384", Bytes.concat(parts));
  }

  /** A measurement that stands for a text. */
  public static byte[] sha384(String text) {
    return sha384(text.getBytes(UTF_8));
  }

  /** HMAC-SHA-256, 32 bytes. */
  public static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(Bytes.concat(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static byte[] digest(String algorithm, byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm).digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is part of every JDK", e);
    }
  }
}
