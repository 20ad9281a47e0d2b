package network.calimero.tee.identity;

import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.InvalidPeerIdException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A libp2p peer ID in its text form.
 *
 * <p>{@link #parse} checks the shape only (kms-protocol.md, POST /challenge); whether a text is the
 * ID of a given key is answered by comparing it with {@link #of}.
 */
public final class PeerId {

  /** The longest text accepted, in characters. */
  public static final int MAX_LENGTH = 128;

  /** The longest key that an ID holds in full, in bytes; longer ones are hashed. */
  private static final int MAX_INLINE_KEY = 42;

  private static final byte IDENTITY = 0x00;
  private static final byte SHA2_256 = 0x12;

  private final String text;

  private PeerId(String text) {
    this.text = text;
  }

  /**
   * Takes 1 to {@value #MAX_LENGTH} characters of base58btc.
   *
   * @throws InvalidPeerIdException if the text is anything else
   */
  public static PeerId parse(String text) throws InvalidPeerIdException {
    if (text.isEmpty()) {
      throw new InvalidPeerIdException(Reason.EMPTY, "peer ID is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidPeerIdException(
          Reason.TOO_LONG, "peer ID is longer than " + MAX_LENGTH + " characters");
    }
    if (Base58.decode(text).isEmpty()) {
      throw new InvalidPeerIdException(Reason.NOT_BASE58, "peer ID is not base58btc text");
    }
    return new PeerId(text);
  }

  /** The ID of a key: its protobuf as identity multihash up to 42 bytes, else as SHA2-256. */
  public static PeerId of(PeerPublicKey key) {
    byte[] protobuf = key.protobuf();
    return new PeerId(
        Base58.encode(
            protobuf.length <= MAX_INLINE_KEY
                ? multihash(IDENTITY, protobuf)
                : multihash(SHA2_256, Sha256.of(protobuf))));
  }

  /** Code, length (one byte: never over 42 here), digest. */
  private static byte[] multihash(byte code, byte[] digest) {
    byte[] multihash = new byte[2 + digest.length];
    multihash[0] = code;
    multihash[1] = (byte) digest.length;
    System.arraycopy(digest, 0, multihash, 2, digest.length);
    return multihash;
  }

  /** The base58btc text. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PeerId that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text;
  }
}
