package network.calimero.tee.kms.config;

import java.util.Optional;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Below which nothing is believed, because it is signed but old (kms-config.md, "In the measured
 * file only").
 *
 * @param policyVersion of releases whose policy is loaded; empty: none
 * @param tcbEvaluationDataNumber of TCB info; 0: none
 * @param qeEvaluationDataNumber of identities of quoting enclaves; 0: none
 */
public record Floors(
    Optional<ReleaseVersion> policyVersion,
    int tcbEvaluationDataNumber,
    int qeEvaluationDataNumber) {

  /**
   * What was newest when this program was made; to be raised with each release of it. The policy is
   * the newest known release with a policy for dstack (policy-and-releases.md, "Real values seen in
   * the field"). The numbers are of the standard set that Intel's PCS served in August 2026: 20 and
   * 21 existed by then as early sets, which platforms need not follow yet.
   */
  static final Floors NEWEST_KNOWN = new Floors(Optional.of(new ReleaseVersion(2, 3, 71)), 19, 19);
}
