package network.calimero.tee.identity;

import java.util.Arrays;
import network.calimero.tee.identity.InvalidPeerPublicKeyException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A libp2p public key, proven to be well-formed (kms-protocol.md, libp2p identities).
 *
 * <p>There is one encoding per key: what {@link #decode} accepts is what {@link #protobuf} gives.
 */
public final class PeerPublicKey {

  /** The longest encoding accepted, in bytes: an RSA key of 8,192 bits takes 1,069. */
  public static final int MAX_LENGTH = 1_088;

  private final KeyType type;
  private final byte[] protobuf;
  private final SignatureCheck check;
  private final PeerId peerId;

  private PeerPublicKey(KeyType type, byte[] protobuf, SignatureCheck check) {
    this.type = type;
    this.protobuf = protobuf;
    this.check = check;
    this.peerId = PeerId.of(this);
  }

  /**
   * Decodes the canonical protobuf of a key of one of the four types.
   *
   * @throws InvalidPeerPublicKeyException if the bytes are anything else, or the key is not a valid
   *     one of an accepted size
   */
  public static PeerPublicKey decode(byte[] protobuf) throws InvalidPeerPublicKeyException {
    if (protobuf.length > MAX_LENGTH) {
      throw new InvalidPeerPublicKeyException(
          Reason.TOO_LONG, "public key is longer than " + MAX_LENGTH + " bytes");
    }
    KeyMessage message =
        KeyMessage.decode(protobuf)
            .orElseThrow(() ->
                new InvalidPeerPublicKeyException(
                    Reason.NOT_CANONICAL, "public key is not a canonical libp2p protobuf"));
    KeyType type =
        KeyType.ofCode(message.type())
            .orElseThrow(() ->
                new InvalidPeerPublicKeyException(
                    Reason.UNKNOWN_TYPE, "public key has unknown type " + message.type()));
    return new PeerPublicKey(type, protobuf.clone(), check(type, message.data()));
  }

  private static SignatureCheck check(KeyType type, byte[] data)
      throws InvalidPeerPublicKeyException {
    return switch (type) {
      case RSA -> RsaCheck.of(data);
      case ED25519 -> Ed25519Check.of(data);
      case SECP256K1 -> EcdsaCheck.secp256k1(data);
      case ECDSA -> EcdsaCheck.p256(data);
    };
  }

  /** The key's type. */
  public KeyType type() {
    return type;
  }

  /** The canonical protobuf, a copy. */
  public byte[] protobuf() {
    return protobuf.clone();
  }

  /** The ID of the peer that owns this key. */
  public PeerId peerId() {
    return peerId;
  }

  /**
   * Whether this key's owner signed that message. Any bytes may be given as signature: what is not
   * one, or not one in its type's only form (Ed25519: 64 bytes; ECDSA: DER; RSA: as long as the
   * modulus), is simply not valid.
   */
  public boolean verify(byte[] message, byte[] signature) {
    return check.verify(message, signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PeerPublicKey that && Arrays.equals(protobuf, that.protobuf);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(protobuf);
  }

  /** The type and the peer ID. */
  @Override
  public String toString() {
    return type + " key of " + peerId;
  }
}
