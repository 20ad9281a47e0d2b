package network.calimero.tee.appraisal;

import java.util.List;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.AppraisalPolicy;

/** The outcome of an appraisal (RATS: Attestation Result). */
public sealed interface AttestationResult {

  /** The evidence is welcome. Only {@link Appraiser} makes one. */
  final class Affirming implements AttestationResult {
    private final VerifiedQuote evidence;
    private final AppraisalPolicy policy;

    Affirming(VerifiedQuote evidence, AppraisalPolicy policy) {
      this.evidence = evidence;
      this.policy = policy;
    }

    /** The evidence that passed. */
    public VerifiedQuote evidence() {
      return evidence;
    }

    /** The policy that it passed. */
    public AppraisalPolicy policy() {
      return policy;
    }
  }

  /**
   * The evidence is genuine and not welcome.
   *
   * @param reasons all of them, at least one
   */
  record Contraindicated(List<Reason> reasons) implements AttestationResult {

    public Contraindicated {
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal without a reason");
      }
      reasons = List.copyOf(reasons);
    }
  }
}
