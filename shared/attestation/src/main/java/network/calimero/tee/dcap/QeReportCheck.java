package network.calimero.tee.dcap;

import java.security.MessageDigest;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.quote.EnclaveReport;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.SignatureData;

/**
 * Steps 5 and 6 of dcap.md: the platform vouches for its QE, the QE for its key, the key for the
 * quote.
 */
final class QeReportCheck {
  private QeReportCheck() {}

  static QeTcb verifyQeReport(Quote quote, PckChain chain, QeIdentity identity)
      throws VerificationException {
    SignatureData data = quote.signatureData();
    EnclaveReport report = data.qeReport();
    if (!chain.leaf().key().verifies(report.bytes(), data.qeReportSignature())) {
      throw new VerificationException(
          FailureCode.QE_REPORT_SIGNATURE_INVALID,
          "the QE report is not signed by the key of the PCK certificate");
    }
    Bytes bound = report.reportData().firstHalf();
    Bytes hash = keyHash(data);
    if (!bound.equals(hash) || !report.reportData().secondHalf().isZero()) {
      throw new VerificationException(
          FailureCode.QE_REPORT_DATA_MISMATCH,
          "the QE report does not bind the attestation key",
          report.reportData().hex(),
          hash.hex() + " and 32 zero bytes");
    }
    matchIdentity(report, identity);
    return QeTcb.of(report, identity);
  }

  private static Bytes keyHash(SignatureData data) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(data.attestationKey().asReadOnly());
    digest.update(data.qeAuthData().asReadOnly());
    return Bytes.of(digest.digest());
  }

  private static void matchIdentity(EnclaveReport report, QeIdentity identity)
      throws VerificationException {
    if (report.isDebug()) {
      throw new VerificationException(FailureCode.QE_DEBUG, "the quoting enclave is in debug mode");
    }
    requireMasked(
        report.miscSelect(),
        identity.miscSelect(),
        identity.miscSelectMask(),
        FailureCode.QE_MISCSELECT_MISMATCH,
        "MISCSELECT");
    requireMasked(
        report.attributes(),
        identity.attributes(),
        identity.attributesMask(),
        FailureCode.QE_ATTRIBUTES_MISMATCH,
        "ATTRIBUTES");
    if (!report.mrSigner().equals(identity.mrSigner())) {
      throw new VerificationException(
          FailureCode.QE_MRSIGNER_MISMATCH,
          "the quoting enclave has another MRSIGNER",
          report.mrSigner().hex(),
          identity.mrSigner().hex());
    }
    if (report.isvProdId() != identity.isvProdId()) {
      throw new VerificationException(
          FailureCode.QE_ISVPRODID_MISMATCH,
          "the quoting enclave has another ISV PRODID",
          Integer.toString(report.isvProdId()),
          Integer.toString(identity.isvProdId()));
    }
  }

  private static void requireMasked(
      Bytes value, Bytes expected, Bytes mask, FailureCode code, String what)
      throws VerificationException {
    for (int i = 0; i < expected.length(); i++) {
      if ((value.byteAt(i) & mask.byteAt(i)) != (expected.byteAt(i) & mask.byteAt(i))) {
        throw new VerificationException(
            code,
            "the quoting enclave has another " + what,
            value.hex(),
            expected.hex() + " under mask " + mask.hex());
      }
    }
  }

  static void verifyQuoteSignature(Quote quote) throws VerificationException {
    SignatureData data = quote.signatureData();
    boolean signed;
    try {
      signed = P256.key(data.attestationKey()).verifies(quote.signedBytes(), data.signature());
    } catch (IllegalArgumentException e) {
      signed = false;
    }
    if (!signed) {
      throw new VerificationException(
          FailureCode.QUOTE_SIGNATURE_INVALID, "the quote is not signed by its attestation key");
    }
  }
}
