package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.x509.RawCertificate;

/**
 * Step 3: the signer's certificate held when the log took the signature in, and is one for signing
 * code. By whom it was issued is still open.
 */
record SignerCertificate(RecordedSignature recorded, RawCertificate raw, EcKey key) {

  /** Reads the certificate of a signature that the log has. */
  static SignerCertificate read(RecordedSignature recorded) throws SignatureRefusedException {
    try {
      RawCertificate raw = parse(recorded.signedBy().certificate());
      requireValid(raw, recorded.time());
      requireForSigning(raw);
      return new SignerCertificate(recorded, raw, EcKey.parse(raw.keyInfo()));
    } catch (MalformedException e) {
      throw unreadable(e);
    }
  }

  /**
   * The same for another verifier, which has proven chain, times and publication: what the
   * certificate says, if it is one for signing code and its holder the expected one.
   */
  static Claims requireHolder(Bytes proven, ExpectedSigner expected)
      throws SignatureRefusedException {
    try {
      RawCertificate raw = parse(proven);
      requireForSigning(raw);
      return ClaimsCheck.require(raw, expected);
    } catch (MalformedException e) {
      throw unreadable(e);
    }
  }

  private static SignatureRefusedException unreadable(MalformedException e) {
    return new SignatureRefusedException(
        Code.CERTIFICATE_MALFORMED, "the signer's certificate cannot be read", e.reason(), "");
  }

  static RawCertificate parse(Bytes der) throws MalformedException {
    return RawCertificate.parse(der, FulcioExtensions.UNDERSTOOD);
  }

  private static void requireValid(RawCertificate raw, Instant time)
      throws SignatureRefusedException {
    if (!TrustedRoot.Period.of(raw).contains(time)) {
      throw new SignatureRefusedException(
          Code.CERTIFICATE_NOT_VALID_THEN,
          "the log took the signature in when the signer's certificate did not hold",
          time.toString(),
          TrustedRoot.Period.of(raw).toString());
    }
  }

  static void requireForSigning(RawCertificate raw)
      throws SignatureRefusedException, MalformedException {
    String wrong = "";
    if (raw.extensions().isCertificateAuthority()) {
      wrong = "that of a certificate authority";
    } else if (!FulcioExtensions.says(raw, FulcioExtensions.DIGITAL_SIGNATURE)) {
      wrong = "one whose key usage is not digital signature";
    } else if (!FulcioExtensions.purposes(raw).equals(Set.of(FulcioExtensions.CODE_SIGNING))) {
      wrong = "one whose purpose is not code signing";
    }
    if (!wrong.isEmpty()) {
      throw new SignatureRefusedException(
          Code.CERTIFICATE_NOT_FOR_SIGNING,
          "the certificate is not one to sign files with",
          wrong,
          "one for digital signature and code signing only");
    }
  }
}
