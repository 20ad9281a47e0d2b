package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;

/**
 * The chain behind a signed document: Intel's TCB signing certificate, issued by the root itself.
 */
record SigningChain(Certificate signer, Validity validity) {
  private static final String SIGNER_NAME = "Intel SGX TCB Signing";

  /** The failures of one document, so that each has its own codes. */
  record Codes(
      FailureCode malformed,
      FailureCode invalid,
      FailureCode notYetValid,
      FailureCode expired,
      FailureCode revoked) {}

  static SigningChain verify(Bytes pem, TrustAnchor anchor, Crl rootCrl, Instant now, Codes codes)
      throws VerificationException {
    List<Certificate> certificates = certificates(pem, codes);
    Certificate signer = certificates.getFirst();
    Certificate root = certificates.getLast();
    anchor.require(root, "the chain behind " + codes.malformed().step().title());
    root.requireValid(now, codes.notYetValid(), codes.expired());
    signer.requireValid(now, codes.notYetValid(), codes.expired());
    if (!signer.commonName().equals(SIGNER_NAME) || signer.isAuthority() || !signer.maySign()) {
      throw new VerificationException(
          codes.invalid(),
          "the signer is not a TCB signing certificate",
          signer.commonName() + (signer.isAuthority() ? " (a CA)" : ""),
          SIGNER_NAME + ", not a CA");
    }
    if (!signer.isIssuedBy(anchor.certificate())) {
      throw new VerificationException(
          codes.invalid(), "the signing certificate was not issued by the root");
    }
    if (rootCrl.revokes(root)) {
      throw new VerificationException(
          FailureCode.ROOT_REVOKED,
          "the root certificate behind " + codes.malformed().step().title() + " is revoked");
    }
    if (rootCrl.revokes(signer)) {
      throw new VerificationException(codes.revoked(), "the signing certificate is revoked");
    }
    return new SigningChain(signer, signer.validity().and(root.validity()));
  }

  private static List<Certificate> certificates(Bytes pem, Codes codes)
      throws VerificationException {
    List<Certificate> certificates;
    try {
      certificates = Certificate.parsePem(pem, 2);
    } catch (MalformedException e) {
      throw new VerificationException(codes.malformed(), "issuer chain: " + e.reason());
    }
    if (certificates.size() != 2) {
      throw new VerificationException(
          codes.malformed(),
          "issuer chain is short",
          certificates.size() + " certificates",
          "2: TCB signing and root");
    }
    boolean leafFirst = !certificates.getFirst().isSelfIssued();
    return leafFirst ? certificates : certificates.reversed();
  }
}
