package network.calimero.tee.kms.release;

import java.time.Instant;
import java.time.InstantSource;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.policy.CurrentPolicy;

/**
 * From a node's two requests to its key: {@link #challenge} answers the first, {@link #release} the
 * second, in the order of checks of kms-protocol.md, POST /get-key. Safe for use by several
 * threads.
 */
public final class GetKey {
  private final InstantSource clock;
  private final CurrentPolicy policy;
  private final ChallengeIssuer challenges;
  private final ConsumedChallenges consumed;
  private final RequestChecks requestChecks;
  private final PeerCheck peerCheck = new PeerCheck();
  private final EvidenceCheck evidenceCheck;
  private final PolicyCheck policyCheck;
  private final KeyRelease keys;

  /**
   * Puts the steps together.
   *
   * @param sealingRequired whether requests for plain answers are refused
   */
  public GetKey(
      InstantSource clock,
      CurrentPolicy policy,
      ChallengeIssuer challenges,
      ConsumedChallenges consumed,
      EvidenceCheck evidenceCheck,
      KeyRelease keys,
      boolean sealingRequired) {
    this.clock = clock;
    this.policy = policy;
    this.challenges = challenges;
    this.consumed = consumed;
    this.requestChecks = new RequestChecks(sealingRequired);
    this.evidenceCheck = evidenceCheck;
    this.policyCheck = new PolicyCheck(consumed);
    this.keys = keys;
  }

  /**
   * A challenge for a peer (kms-protocol.md, POST /challenge).
   *
   * @throws KmsException {@code invalid_peer_id}, or that there is no key for challenges now
   */
  public Challenge challenge(String peerId) throws KmsException {
    PeerId peer = RequestChecks.peerId(peerId);
    return challenges.issue(peer, clock.instant());
  }

  /**
   * The key of the peer that asks, if every check passes.
   *
   * @return for the caller to close
   * @throws KmsException with the first check that failed
   */
  public KeyAnswer release(GetKeyRequest request) throws KmsException {
    Instant now = clock.instant();
    Stage.Shaped shaped = requestChecks.shape(request); // step 1
    Stage.Permitted permitted = requestChecks.policy(shaped, policy.current()); // step 2
    Stage.Decoded decoded = requestChecks.decode(permitted); // step 3
    Stage.Challenged challenged = openChallenge(decoded, now); // step 4
    Stage.Authenticated authenticated = peerCheck.authenticate(challenged); // step 5
    Stage.Attested attested = evidenceCheck.attest(authenticated, now); // step 6
    Stage.Affirmed affirmed = policyCheck.affirm(attested, now); // step 7
    return keys.release(affirmed.result(), affirmed.recipient()); // step 8
  }

  private Stage.Challenged openChallenge(Stage.Decoded decoded, Instant now) throws KmsException {
    Challenge challenge =
        challenges
            .open(decoded.before().before().challengeId(), decoded.peer(), now)
            .orElseThrow(InvalidChallenge::refusal);
    try {
      if (consumed.isConsumed(challenge)) {
        throw InvalidChallenge.refusal();
      }
    } catch (ChallengeStoreException e) {
      throw PolicyCheck.unavailable(e);
    }
    return new Stage.Challenged(decoded, challenge);
  }
}
