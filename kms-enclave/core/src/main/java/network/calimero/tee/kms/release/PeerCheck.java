package network.calimero.tee.kms.release;

import java.time.Duration;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.InvalidPeerPublicKeyException;
import network.calimero.tee.identity.KeyType;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.WorkGate;

/** Step 5 of kms-protocol.md, POST /get-key: the request is signed by the peer it names. */
final class PeerCheck {
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** No signature of any type is longer: RSA of 8,192 bits. */
  private static final int MAX_SIGNATURE_SIZE = 1_024;

  /**
   * Nodes have Ed25519 keys. RSA keys can be made that take ten times as long to verify with, so
   * all that are not Ed25519 go through one by one, and their senders wait for each other only.
   */
  private final WorkGate otherTypes = new WorkGate(1, MAX_WAIT);

  Stage.Authenticated authenticate(Stage.Challenged challenged) throws KmsException {
    GetKeyRequest request = challenged.before().before().before().request();
    byte[] encodedKey =
        decode(
            KmsError.INVALID_PEER_PUBLIC_KEY,
            "peerPublicKeyB64",
            request.peerPublicKeyB64(),
            PeerPublicKey.MAX_LENGTH);
    byte[] signature =
        decode(
            KmsError.INVALID_SIGNATURE, "signatureB64", request.signatureB64(), MAX_SIGNATURE_SIZE);
    PeerPublicKey key = publicKey(encodedKey);
    if (!key.peerId().equals(challenged.before().peer())) {
      throw new KmsException(
          KmsError.PEER_IDENTITY_MISMATCH,
          "peerId is not the ID of peerPublicKeyB64, which is " + key.peerId());
    }
    boolean signed =
        key.type() == KeyType.ED25519
            ? isSigned(key, signature, challenged)
            : otherTypes.pass(() -> isSigned(key, signature, challenged));
    if (!signed) {
      throw new KmsException(
          KmsError.INVALID_SIGNATURE,
          "signatureB64 is not this peer's signature over challenge ID, nonce, quote hash and peer"
              + " ID");
    }
    return new Stage.Authenticated(challenged);
  }

  private static byte[] decode(KmsError error, String field, String base64, int maxBytes)
      throws KmsException {
    try {
      return StrictBase64.decode(base64, maxBytes);
    } catch (IllegalArgumentException e) {
      throw new KmsException(error, field + ": " + e.getMessage());
    }
  }

  private static PeerPublicKey publicKey(byte[] protobuf) throws KmsException {
    try {
      return PeerPublicKey.decode(protobuf);
    } catch (InvalidPeerPublicKeyException e) {
      throw new KmsException(
          KmsError.INVALID_PEER_PUBLIC_KEY, "peerPublicKeyB64: " + e.getMessage());
    }
  }

  private static boolean isSigned(
      PeerPublicKey key, byte[] signature, Stage.Challenged challenged) {
    return SignedPayload.spellings(
            challenged.challenge(), challenged.before().quote(), challenged.before().peer())
        .stream()
        .anyMatch(payload -> key.verify(payload, signature));
  }
}
