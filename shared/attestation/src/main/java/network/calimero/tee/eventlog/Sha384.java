package network.calimero.tee.eventlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Measurement;

/** SHA-384 (FIPS 180-4), 48 bytes, and the extension of a register by it. */
final class Sha384 {
  private Sha384() {}

  /** The digest of a message. */
  static Measurement of(Bytes message) {
    MessageDigest digest = newDigest();
    message.updateInto(digest);
    return Measurement.of(digest.digest());
  }

  /** {@code SHA-384(register ‖ digest)} (measurements.md, "Registers"). */
  static Measurement extend(Measurement register, Measurement digest) {
    MessageDigest extended = newDigest();
    register.value().updateInto(extended);
    digest.value().updateInto(extended);
    return Measurement.of(extended.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-384");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-384", e);
    }
  }
}
