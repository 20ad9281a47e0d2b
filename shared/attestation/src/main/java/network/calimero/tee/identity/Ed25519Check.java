package network.calimero.tee.identity;

import network.calimero.tee.identity.InvalidPeerPublicKeyException.Reason;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Pure Ed25519 (RFC 8032): keys of 32 bytes, signatures of 64. */
final class Ed25519Check implements SignatureCheck {

  private final Ed25519.PublicPoint key;

  private Ed25519Check(Ed25519.PublicPoint key) {
    this.key = key;
  }

  /**
   * Takes canonically encoded points of the prime-order subgroup only. Every generated key is one;
   * a point of small order would let one signature pass for many messages.
   */
  static Ed25519Check of(byte[] data) throws InvalidPeerPublicKeyException {
    if (data.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw new InvalidPeerPublicKeyException(
          Reason.BAD_KEY, "Ed25519 key has " + data.length + " bytes, not 32");
    }
    Ed25519.PublicPoint key = Ed25519.validatePublicKeyFullExport(data, 0);
    if (key == null) {
      throw new InvalidPeerPublicKeyException(
          Reason.BAD_KEY, "Ed25519 key is not a point of the prime-order group");
    }
    return new Ed25519Check(key);
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, key, message, 0, message.length);
  }
}
