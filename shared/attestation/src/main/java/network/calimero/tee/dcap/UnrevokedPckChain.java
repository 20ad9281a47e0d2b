package network.calimero.tee.dcap;

import java.time.Instant;

/** A PCK chain that is proven and not revoked under given CRLs (dcap.md, step 4 complete). */
record UnrevokedPckChain(PckChain chain, Validity validity) {
  static final CrlCheck.Codes PCK_CRL =
      new CrlCheck.Codes(
          FailureCode.PCK_CRL_MALFORMED,
          FailureCode.PCK_CRL_WRONG_ISSUER,
          FailureCode.PCK_CRL_SIGNATURE_INVALID,
          FailureCode.PCK_CRL_NOT_YET_VALID,
          FailureCode.PCK_CRL_EXPIRED);

  static UnrevokedPckChain of(PckChain chain, ValidatedCollateral collateral, Instant now)
      throws VerificationException {
    if (collateral.rootCrl().revokes(chain.root())) {
      throw new VerificationException(
          FailureCode.ROOT_REVOKED, "the root certificate of the PCK chain is revoked");
    }
    if (collateral.rootCrl().revokes(chain.authority())) {
      throw new VerificationException(
          FailureCode.PCK_CA_REVOKED, "Intel has revoked " + chain.authority().commonName());
    }
    Crl pckCrl = CrlCheck.verify(collateral.pckCrl(), chain.authority(), now, PCK_CRL);
    if (pckCrl.revokes(chain.leaf())) {
      throw new VerificationException(
          FailureCode.PCK_REVOKED,
          "Intel has revoked the PCK certificate of this platform",
          "serial " + chain.leaf().serial().toString(16),
          "");
    }
    return new UnrevokedPckChain(chain, chain.validity().and(pckCrl.validity()));
  }
}
