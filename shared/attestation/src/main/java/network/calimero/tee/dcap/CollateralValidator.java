package network.calimero.tee.dcap;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.quote.TeeType;

/**
 * Steps 1 to 3 of dcap.md: root CRL, TCB info, QE identity. Pure; nothing is fetched or remembered.
 */
final class CollateralValidator {
  private static final CrlCheck.Codes ROOT_CRL =
      new CrlCheck.Codes(
          FailureCode.ROOT_CRL_MALFORMED,
          FailureCode.ROOT_CRL_WRONG_ISSUER,
          FailureCode.ROOT_CRL_SIGNATURE_INVALID,
          FailureCode.ROOT_CRL_NOT_YET_VALID,
          FailureCode.ROOT_CRL_EXPIRED);
  private static final SigningChain.Codes TCB_INFO_CHAIN =
      new SigningChain.Codes(
          FailureCode.TCB_INFO_CHAIN_MALFORMED,
          FailureCode.TCB_INFO_CHAIN_INVALID,
          FailureCode.TCB_INFO_CHAIN_NOT_YET_VALID,
          FailureCode.TCB_INFO_CHAIN_EXPIRED,
          FailureCode.TCB_INFO_SIGNER_REVOKED);
  private static final SigningChain.Codes QE_IDENTITY_CHAIN =
      new SigningChain.Codes(
          FailureCode.QE_IDENTITY_CHAIN_MALFORMED,
          FailureCode.QE_IDENTITY_CHAIN_INVALID,
          FailureCode.QE_IDENTITY_CHAIN_NOT_YET_VALID,
          FailureCode.QE_IDENTITY_CHAIN_EXPIRED,
          FailureCode.QE_IDENTITY_SIGNER_REVOKED);

  private final TrustAnchor anchor;
  private final VerifierOptions options;

  CollateralValidator(TrustAnchor anchor, VerifierOptions options) {
    this.anchor = anchor;
    this.options = options;
  }

  ValidatedCollateral validate(Collateral collateral, TeeType tee, Instant now)
      throws VerificationException {
    Crl rootCrl = rootCrl(collateral.rootCaCrl(), now); // step 1
    SigningChain tcbInfoChain =
        tcbInfoChain(collateral.tcbInfoIssuerChain(), rootCrl, now); // step 2
    TcbInfo tcbInfo =
        tcbInfo(collateral.tcbInfo(), collateral.tcbInfoSignature(), tcbInfoChain, tee, now);
    boolean sameChain = collateral.qeIdentityIssuerChain().equals(collateral.tcbInfoIssuerChain());
    SigningChain qeIdentityChain =
        sameChain
            ? tcbInfoChain
            : qeIdentityChain(collateral.qeIdentityIssuerChain(), rootCrl, now); // step 3
    QeIdentity qeIdentity =
        qeIdentity(
            collateral.qeIdentity(), collateral.qeIdentitySignature(), qeIdentityChain, tee, now);
    Validity validity =
        Validity.ALWAYS
            .and(rootCrl.validity())
            .and(tcbInfoChain.validity())
            .and(tcbInfo.validity())
            .and(qeIdentityChain.validity())
            .and(qeIdentity.validity());
    return new ValidatedCollateral(
        collateral.fingerprint(),
        anchor,
        rootCrl,
        tcbInfo,
        qeIdentity,
        collateral.pckCrl(),
        validity);
  }

  SigningChain tcbInfoChain(Bytes pem, Crl rootCrl, Instant now) throws VerificationException {
    return SigningChain.verify(pem, anchor, rootCrl, now, TCB_INFO_CHAIN);
  }

  SigningChain qeIdentityChain(Bytes pem, Crl rootCrl, Instant now) throws VerificationException {
    return SigningChain.verify(pem, anchor, rootCrl, now, QE_IDENTITY_CHAIN);
  }

  Crl rootCrl(Bytes der, Instant now) throws VerificationException {
    Crl crl = CrlCheck.verify(der, anchor.certificate(), now, ROOT_CRL);
    if (crl.revokes(anchor.certificate())) {
      throw new VerificationException(FailureCode.ROOT_REVOKED, "the root is on its own CRL");
    }
    return crl;
  }

  TcbInfo tcbInfo(Bytes text, Bytes signature, SigningChain chain, TeeType tee, Instant now)
      throws VerificationException {
    if (!chain.signer().key().verifies(text, signature)) {
      throw new VerificationException(
          FailureCode.TCB_INFO_SIGNATURE_INVALID,
          "the signature does not cover these bytes of TCB info");
    }
    TcbInfo info;
    try {
      info = TcbInfoParser.parse(text);
    } catch (MalformedException e) {
      throw new VerificationException(FailureCode.TCB_INFO_MALFORMED, e.reason());
    }
    if (!TcbInfoParser.isFor(info, tee)) {
      throw new VerificationException(
          FailureCode.TCB_INFO_WRONG_TYPE, "TCB info of another TEE", info.id(), tee.name());
    }
    requireCurrent(
        info.validity(),
        now,
        FailureCode.TCB_INFO_NOT_YET_VALID,
        FailureCode.TCB_INFO_EXPIRED,
        "TCB info");
    requireRecent(
        info.evaluationDataNumber(),
        options.minTcbEvaluationDataNumber(),
        FailureCode.TCB_INFO_TOO_OLD);
    return info;
  }

  QeIdentity qeIdentity(Bytes text, Bytes signature, SigningChain chain, TeeType tee, Instant now)
      throws VerificationException {
    if (!chain.signer().key().verifies(text, signature)) {
      throw new VerificationException(
          FailureCode.QE_IDENTITY_SIGNATURE_INVALID,
          "the signature does not cover these bytes of QE identity");
    }
    QeIdentity identity;
    try {
      identity = QeIdentity.parse(text);
    } catch (MalformedException e) {
      throw new VerificationException(FailureCode.QE_IDENTITY_MALFORMED, e.reason());
    }
    if (!identity.isFor(tee)) {
      throw new VerificationException(
          FailureCode.QE_IDENTITY_WRONG_TYPE,
          "QE identity of another enclave",
          identity.id(),
          tee == TeeType.TDX ? "TD_QE" : "QE");
    }
    requireCurrent(
        identity.validity(),
        now,
        FailureCode.QE_IDENTITY_NOT_YET_VALID,
        FailureCode.QE_IDENTITY_EXPIRED,
        "QE identity");
    requireRecent(
        identity.evaluationDataNumber(),
        options.minQeEvaluationDataNumber(),
        FailureCode.QE_IDENTITY_TOO_OLD);
    return identity;
  }

  private static void requireCurrent(
      Validity validity, Instant now, FailureCode early, FailureCode late, String what)
      throws VerificationException {
    if (validity.isBefore(now)) {
      throw new VerificationException(
          early,
          what + " is issued in the future",
          "now " + now,
          "issueDate " + validity.notBefore());
    }
    if (validity.isOver(now)) {
      throw new VerificationException(
          late, what + " has expired", "now " + now, "nextUpdate " + validity.notAfter());
    }
  }

  private static void requireRecent(int number, int minimum, FailureCode code)
      throws VerificationException {
    if (number < minimum) {
      throw new VerificationException(
          code,
          "an older TCB recovery set than the caller asks for",
          "tcbEvaluationDataNumber " + number,
          "at least " + minimum);
    }
  }
}
