package network.calimero.tee.dcap;

import java.math.BigInteger;
import java.time.Instant;

/**
 * The collateral that a verdict rests on.
 *
 * @param tcbEvaluationDataNumber of TCB info
 * @param qeEvaluationDataNumber of QE identity
 * @param rootCrlNumber of the root's CRL
 * @param earliestExpiry when the first part of chain or collateral ends: verify again by then
 */
public record CollateralSummary(
    int tcbEvaluationDataNumber,
    Instant tcbInfoIssued,
    Instant tcbInfoNextUpdate,
    int qeEvaluationDataNumber,
    Instant qeIdentityIssued,
    Instant qeIdentityNextUpdate,
    BigInteger rootCrlNumber,
    Instant earliestExpiry) {

  CollateralSummary(ValidatedCollateral valid, Validity chain) {
    this(
        valid.tcbInfo().evaluationDataNumber(),
        valid.tcbInfo().validity().notBefore(),
        valid.tcbInfo().validity().notAfter(),
        valid.qeIdentity().evaluationDataNumber(),
        valid.qeIdentity().validity().notBefore(),
        valid.qeIdentity().validity().notAfter(),
        valid.rootCrl().number(),
        valid.validity().and(chain).notAfter());
  }
}
