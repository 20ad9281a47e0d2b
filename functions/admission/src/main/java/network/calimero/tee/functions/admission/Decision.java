package network.calimero.tee.functions.admission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.dcap.VerifiedQuote;

/**
 * A verdict.
 *
 * @param registration what it is about
 * @param assurance what the evidence is worth; empty if it is worth nothing
 * @param reasons against the node; admitted if there are none
 * @param limits why the evidence is not worth more
 * @param match the cohort that it is of
 * @param evidence the verified quote, if there was one
 * @param expiresAt until when it holds; empty of a refusal, which says nothing of later
 */
record Decision(
    Registration registration,
    Optional<Assurance> assurance,
    List<Reason> reasons,
    List<Reason> limits,
    Match match,
    Optional<VerifiedQuote> evidence,
    Instant decidedAt,
    Optional<Instant> expiresAt) {
  Decision {
    reasons = List.copyOf(reasons);
    limits = List.copyOf(limits);
    // A yes rests on something: whoever forgets to say why not must not thereby let somebody in.
    if (reasons.isEmpty() && (assurance.isEmpty() || match.cohort().isEmpty())) {
      throw new IllegalStateException("neither a reason against nor evidence for a node");
    }
  }

  boolean admitted() {
    return reasons.isEmpty();
  }
}
