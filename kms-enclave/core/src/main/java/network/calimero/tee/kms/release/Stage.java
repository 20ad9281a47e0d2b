package network.calimero.tee.kms.release;

import java.util.Optional;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeId;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * How far a request has come. Each stage holds the one before, so that no check can run before its
 * predecessors have passed (kms-protocol.md, POST /get-key, "Order of checks").
 */
sealed interface Stage {

  /** After step 1: peer ID and challenge ID have their shape. */
  record Shaped(GetKeyRequest request, PeerId peer, ChallengeId challengeId) implements Stage {}

  /** After step 2: there is a policy to judge by. */
  record Permitted(Shaped before, PolicyState.Ready policy) implements Stage {}

  /** After step 3: the quote's bytes, and whom the answer is sealed to, if it is. */
  record Decoded(Permitted before, Bytes quote, Optional<X25519PublicKey> sealTo) implements Stage {
    PeerId peer() {
      return before.before.peer;
    }
  }

  /** After step 4: the challenge is ours, this peer's, in time, and not used before. */
  record Challenged(Decoded before, Challenge challenge) implements Stage {}

  /** After step 5: the request is signed by the peer that it names. */
  record Authenticated(Challenged before) implements Stage {
    PeerId peer() {
      return before.before.peer();
    }

    Challenge challenge() {
      return before.challenge;
    }

    Bytes quote() {
      return before.before.quote;
    }

    Optional<X25519PublicKey> sealTo() {
      return before.before.sealTo;
    }

    PolicyState.Ready policy() {
      return before.before.before.policy;
    }
  }

  /** After step 6: the quote is genuine, and was made for this challenge by this peer. */
  record Attested(Authenticated before, VerifiedQuote evidence) implements Stage {}

  /** After step 7: the policy affirms it, and the challenge is spent on it. */
  record Affirmed(Recipient recipient, AttestationResult.Affirming result) implements Stage {}
}
