package network.calimero.tee.dcap;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;

/**
 * Proves one piece of collateral by itself (dcap.md, steps 1 to 4), so that whoever keeps
 * collateral keeps nothing unproven. Each check gives the time in which the piece holds, its
 * signers' certificates included. Verification proves everything once more, in its context.
 */
public final class CollateralCheck {
  private final CollateralValidator validator;

  /** Checks under that root, and under the minimum evaluation numbers of the options. */
  public CollateralCheck(TrustAnchor anchor, VerifierOptions options) {
    this.validator = new CollateralValidator(anchor, options);
  }

  /**
   * The refusal of collateral that is there but in no known form, so that nothing could be checked.
   *
   * @param reason what was asked for, and what came in its place
   */
  public static VerificationException malformed(String reason) {
    return new VerificationException(FailureCode.COLLATERAL_MALFORMED, reason);
  }

  /**
   * The root's CRL, DER.
   *
   * @throws VerificationException of step 1
   */
  public Validity rootCrl(Bytes der, Instant now) throws VerificationException {
    return validator.rootCrl(der, now).validity();
  }

  /**
   * A PCK authority's CRL, DER.
   *
   * @throws VerificationException of step 4
   */
  public Validity pckCrl(Bytes der, PckAuthority authority, Instant now)
      throws VerificationException {
    return CrlCheck.verify(der, authority.certificate(), now, CheckedPckChain.PCK_CRL).validity();
  }

  /**
   * TCB info of one platform type.
   *
   * @param issuerChain PEM
   * @param text the exact bytes that were signed
   * @param signature r‖s, 64 bytes
   * @param rootCrl one that {@link #rootCrl} has accepted
   * @throws VerificationException of step 2, or {@link FailureCode#FMSPC_MISMATCH}
   */
  public Validity tcbInfo(
      Bytes issuerChain,
      Bytes text,
      Bytes signature,
      TeeType tee,
      Fmspc fmspc,
      Bytes rootCrl,
      Instant now)
      throws VerificationException {
    SigningChain chain = validator.tcbInfoChain(issuerChain, validator.rootCrl(rootCrl, now), now);
    TcbInfo info = validator.tcbInfo(text, signature, chain, tee, now);
    if (!info.fmspc().equals(fmspc)) {
      throw new VerificationException(
          FailureCode.FMSPC_MISMATCH,
          "TCB info of another platform type",
          info.fmspc().hex(),
          fmspc.hex());
    }
    return chain.validity().and(info.validity());
  }

  /**
   * The identity of the quoting enclave.
   *
   * @param issuerChain PEM
   * @param text the exact bytes that were signed
   * @param signature r‖s, 64 bytes
   * @param rootCrl one that {@link #rootCrl} has accepted
   * @throws VerificationException of step 3
   */
  public Validity qeIdentity(
      Bytes issuerChain, Bytes text, Bytes signature, TeeType tee, Bytes rootCrl, Instant now)
      throws VerificationException {
    SigningChain chain =
        validator.qeIdentityChain(issuerChain, validator.rootCrl(rootCrl, now), now);
    QeIdentity identity = validator.qeIdentity(text, signature, chain, tee, now);
    return chain.validity().and(identity.validity());
  }
}
