package network.calimero.tee.dcap;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.x509.DistinguishedName;

/** Proves a CRL: its form, its issuer, its signature, and that now lies in its time. */
final class CrlCheck {

  /** The failures of one list, so that each has its own codes. */
  record Codes(
      FailureCode malformed,
      FailureCode wrongIssuer,
      FailureCode signature,
      FailureCode notYetValid,
      FailureCode expired) {}

  private CrlCheck() {}

  static Crl verify(Bytes der, Certificate issuer, Instant now, Codes codes)
      throws VerificationException {
    Crl crl;
    try {
      crl = Crl.parse(der);
    } catch (MalformedException e) {
      throw new VerificationException(codes.malformed(), e.reason());
    }
    if (!crl.issuer().equals(issuer.subject()) || !issuer.maySignCrls()) {
      throw new VerificationException(
          codes.wrongIssuer(),
          "the CRL is of another issuer",
          DistinguishedName.commonName(crl.issuer()),
          issuer.commonName());
    }
    if (!crl.isSignedBy(issuer.key())) {
      throw new VerificationException(
          codes.signature(), "the signature of the CRL is not that of " + issuer.commonName());
    }
    if (crl.validity().isBefore(now)) {
      throw new VerificationException(
          codes.notYetValid(),
          "the CRL is issued in the future",
          "now " + now,
          "thisUpdate " + crl.validity().notBefore());
    }
    if (crl.validity().isOver(now)) {
      throw new VerificationException(
          codes.expired(),
          "the CRL has expired",
          "now " + now,
          "nextUpdate " + crl.validity().notAfter());
    }
    return crl;
  }
}
