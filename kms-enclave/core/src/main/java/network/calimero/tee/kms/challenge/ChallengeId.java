package network.calimero.tee.kms.challenge;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * The identifier of a challenge: 130 digits of lower-case hex that spell a version (1 byte), 16
 * random bytes, when it was issued in unix milliseconds and its expiry in unix seconds (8 bytes
 * each, big-endian), and a MAC (32 bytes). A text of this shape is not proven to be from here:
 * {@link ChallengeIssuer#open} does that.
 */
public final class ChallengeId {
  static final byte VERSION = 2;
  static final int RANDOM_SIZE = 16;
  static final int ISSUED_OFFSET = 1 + RANDOM_SIZE;
  static final int EXPIRY_OFFSET = ISSUED_OFFSET + Long.BYTES;
  static final int MAC_OFFSET = EXPIRY_OFFSET + Long.BYTES;
  static final int MAC_SIZE = 32;
  static final int SIZE = MAC_OFFSET + MAC_SIZE;

  private final Bytes raw;

  ChallengeId(Bytes raw) {
    this.raw = raw;
  }

  /** The identifier that a text spells; empty if it has a shape that is never issued. */
  public static Optional<ChallengeId> parse(String text) {
    if (text.length() != 2 * SIZE || !text.chars().allMatch(ChallengeId::isLowerHexDigit)) {
      return Optional.empty();
    }
    Bytes raw = Bytes.fromHex(text);
    return raw.byteAt(0) == VERSION ? Optional.of(new ChallengeId(raw)) : Optional.empty();
  }

  private static boolean isLowerHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** All that the MAC is over: version, random bytes, times. */
  Bytes claims() {
    return raw.slice(0, MAC_OFFSET);
  }

  Bytes mac() {
    return raw.slice(MAC_OFFSET, SIZE);
  }

  /** When it states that it was issued, unix milliseconds. */
  long issuedAtMillis() {
    return raw.slice(ISSUED_OFFSET, EXPIRY_OFFSET).asReadOnly().getLong();
  }

  /** The expiry it states, unix seconds. */
  long expiry() {
    return raw.slice(EXPIRY_OFFSET, MAC_OFFSET).asReadOnly().getLong();
  }

  /** What nodes are given and send back. */
  public String text() {
    return raw.hex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChallengeId that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
