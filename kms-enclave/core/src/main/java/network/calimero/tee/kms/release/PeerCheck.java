package network.calimero.tee.kms.release;

import java.util.List;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.InvalidPeerPublicKeyException;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;

/** Step 5 of kms-protocol.md, POST /get-key: the request is signed by the peer it names. */
final class PeerCheck {
  /** No signature of any type is longer: RSA of 8,192 bits. */
  private static final int MAX_SIGNATURE_SIZE = 1_024;

  private PeerCheck() {}

  static Stage.Authenticated authenticate(Stage.Challenged challenged) throws KmsException {
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
    requireSigned(key, signature, challenged);
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

  private static void requireSigned(
      PeerPublicKey key, byte[] signature, Stage.Challenged challenged) throws KmsException {
    List<byte[]> spellings =
        SignedPayload.spellings(
            challenged.challenge(), challenged.before().quote(), challenged.before().peer());
    if (spellings.stream().noneMatch(payload -> key.verify(payload, signature))) {
      throw new KmsException(
          KmsError.INVALID_SIGNATURE,
          "signatureB64 is not this peer's signature over challenge ID, nonce, quote hash and peer"
              + " ID");
    }
  }
}
