package network.calimero.tee.kms.release;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.ChallengeId;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.X25519PublicKey;

/** Steps 1 to 3 of kms-protocol.md, POST /get-key: what costs next to nothing. */
final class RequestChecks {
  private final boolean sealingRequired;

  /** With whether plain answers are refused. */
  RequestChecks(boolean sealingRequired) {
    this.sealingRequired = sealingRequired;
  }

  /** Step 1. */
  Stage.Shaped shape(GetKeyRequest request) throws KmsException {
    PeerId peer = peerId(request.peerId());
    ChallengeId challengeId =
        ChallengeId.parse(request.challengeId()).orElseThrow(InvalidChallenge::refusal);
    return new Stage.Shaped(request, peer, challengeId);
  }

  static PeerId peerId(String text) throws KmsException {
    try {
      return PeerId.parse(text);
    } catch (InvalidPeerIdException e) {
      throw new KmsException(KmsError.INVALID_PEER_ID, "peerId: " + e.getMessage());
    }
  }

  /** Step 2. */
  Stage.Permitted policy(Stage.Shaped shaped, PolicyState state) throws KmsException {
    return switch (state) {
      case PolicyState.Ready ready -> new Stage.Permitted(shaped, ready);
      case PolicyState.NotReady notReady ->
          throw new KmsException(KmsError.POLICY_NOT_READY, notReady.reason());
    };
  }

  /** Step 3. */
  Stage.Decoded decode(Stage.Permitted permitted) throws KmsException {
    GetKeyRequest request = permitted.before().request();
    Bytes quote = quote(request.quoteB64());
    return new Stage.Decoded(permitted, quote, sealTo(request.sealToB64()));
  }

  private static Bytes quote(String base64) throws KmsException {
    try {
      return Bytes.of(StrictBase64.decode(base64, Quote.MAX_SIZE));
    } catch (IllegalArgumentException e) {
      throw new KmsException(KmsError.INVALID_REQUEST, "quoteB64: " + e.getMessage());
    }
  }

  private Optional<X25519PublicKey> sealTo(Optional<String> base64) throws KmsException {
    if (base64.isPresent()) {
      return Optional.of(sealTo(base64.get()));
    }
    if (sealingRequired) {
      throw new KmsException(
          KmsError.INVALID_ATTESTATION_REQUEST,
          "this KMS releases no key that is not sealed, and the request has no sealToB64. Nodes"
              + " before merod 0.11.0-rc.47 cannot unseal; to serve them, its operator sets"
              + " MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false");
    }
    return Optional.empty();
  }

  private static X25519PublicKey sealTo(String base64) throws KmsException {
    try {
      byte[] key = StrictBase64.decode(base64, X25519PublicKey.SIZE);
      return new X25519PublicKey(Bytes.of(key));
    } catch (IllegalArgumentException e) {
      throw new KmsException(KmsError.INVALID_ATTESTATION_REQUEST, "sealToB64: " + e.getMessage());
    }
  }
}
