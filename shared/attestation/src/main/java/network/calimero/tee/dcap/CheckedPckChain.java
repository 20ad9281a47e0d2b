package network.calimero.tee.dcap;

import java.time.Instant;

/**
 * A PCK chain that is proven, and whose authorities are not revoked, under given CRLs (dcap.md,
 * step 4).
 *
 * @param crl the authority's
 * @param leafRevoked whether that CRL has the platform's own certificate: judged last, by {@link
 *     #requireUnrevoked}, so that a CRL is known for what it is even where it says no
 */
record CheckedPckChain(
    PckChain chain, CollateralFacts.Crl crl, boolean leafRevoked, Validity validity) {
  static final CrlCheck.Codes PCK_CRL =
      new CrlCheck.Codes(
          FailureCode.PCK_CRL_MALFORMED,
          FailureCode.PCK_CRL_WRONG_ISSUER,
          FailureCode.PCK_CRL_SIGNATURE_INVALID,
          FailureCode.PCK_CRL_NOT_YET_VALID,
          FailureCode.PCK_CRL_EXPIRED);

  static CheckedPckChain of(PckChain chain, ValidatedCollateral collateral, Instant now)
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
    return new CheckedPckChain(
        chain,
        new CollateralFacts.Crl(pckCrl),
        pckCrl.revokes(chain.leaf()),
        chain.validity().and(pckCrl.validity()));
  }

  /** The end of step 4. */
  void requireUnrevoked() throws VerificationException {
    if (leafRevoked) {
      throw new VerificationException(
          FailureCode.PCK_REVOKED,
          "Intel has revoked the PCK certificate of this platform",
          "serial " + chain.leaf().serial().toString(16),
          "");
    }
  }
}
