package network.calimero.tee.kms.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import network.calimero.tee.appraisal.Appraiser;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.appraisal.Reason;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;

/**
 * Step 7 of kms-protocol.md, POST /get-key: the evidence is welcome, and the challenge is spent on
 * it. Spending comes last, so that only welcome nodes can fill the memory of used challenges.
 */
final class PolicyCheck {
  private final ConsumedChallenges consumed;

  PolicyCheck(ConsumedChallenges consumed) {
    this.consumed = consumed;
  }

  Stage.Affirmed affirm(Stage.Attested attested, Instant now) throws KmsException {
    Stage.Authenticated request = attested.before();
    AttestationResult.Affirming affirming = judge(attested.evidence(), request.policy());
    spend(request.challenge(), now);
    return new Stage.Affirmed(
        new Recipient(request.peer(), request.challenge().nonce(), request.sealTo()), affirming);
  }

  /**
   * As a node, then as an agent: it is what affirms it, by all registers of one role's lists and
   * never by some of each (kms-config.md, {@code AGENT_ALLOWED_…}).
   */
  private static AttestationResult.Affirming judge(VerifiedQuote evidence, PolicyState.Ready policy)
      throws KmsException {
    return switch (Appraiser.appraise(evidence, policy.policy())) {
      case AttestationResult.Affirming node -> node;
      case AttestationResult.Contraindicated refused ->
          policy.agents().isPresent()
              ? judgeAgent(evidence, policy.agents().get(), refused.reasons())
              : refuse(refused.reasons());
    };
  }

  private static AttestationResult.Affirming judgeAgent(
      VerifiedQuote evidence, AppraisalPolicy policy, List<Reason> noNode) throws KmsException {
    return switch (Appraiser.appraise(evidence, policy)) {
      case AttestationResult.Affirming agent -> agent;
      case AttestationResult.Contraindicated noAgent -> refuse(nearer(noNode, noAgent.reasons()));
    };
  }

  /** The reasons of the role that less speaks against; of both, those of nodes. */
  private static List<Reason> nearer(List<Reason> noNode, List<Reason> noAgent) {
    return noAgent.size() < noNode.size() ? noAgent : noNode;
  }

  private static AttestationResult.Affirming refuse(List<Reason> reasons) throws KmsException {
    throw refusal(reasons);
  }

  /** The TCB status is reported before measurements. */
  private static KmsException refusal(List<Reason> reasons) {
    List<Reason> ofStatus =
        reasons.stream().filter(r -> r.code() == Reason.Code.TCB_STATUS_NOT_ALLOWED).toList();
    return ofStatus.isEmpty()
        ? new KmsException(KmsError.MEASUREMENT_POLICY_REJECTED, texts(reasons))
        : new KmsException(KmsError.TCB_STATUS_REJECTED, texts(ofStatus));
  }

  private static String texts(List<Reason> reasons) {
    return reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
  }

  private void spend(Challenge challenge, Instant now) throws KmsException {
    ConsumedChallenges.Use use;
    try {
      use = consumed.consume(challenge, now);
    } catch (ChallengeStoreException e) {
      throw unavailable(e);
    }
    switch (use) {
      case ConsumedChallenges.Use.First() -> {}
      case ConsumedChallenges.Use.Again() -> throw InvalidChallenge.refusal();
      case ConsumedChallenges.Use.Full(Instant roomAt) ->
          throw KmsException.rateLimited(
              "there is no room to remember one more used challenge (MAX_CONSUMED_CHALLENGES, or the"
                  + " memory of the store that several KMSs share); try again when others have"
                  + " expired",
              Duration.between(now, roomAt));
    }
  }

  static KmsException unavailable(ChallengeStoreException e) {
    return new KmsException(
        KmsError.CHALLENGE_STORE_UNAVAILABLE,
        "the store of used challenges cannot be reached; try again",
        e);
  }
}
