package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * Step 5: a certificate log that is trusted promised to publish the signer's certificate, so that
 * whoever runs a repository can see what was issued in its name. Every timestamp of a log that the
 * trust root has must be right, and there must be one.
 */
record PublishedSigner(CertifiedSigner certified) {

  /** Verifies the timestamps in the certificate. */
  static PublishedSigner find(CertifiedSigner certified, TrustedRoot root)
      throws SignatureRefusedException {
    try {
      Bytes issuerKey = certified.issuer().keyInfo();
      Bytes precertificate = Precertificate.of(certified.signer().raw());
      boolean published = false;
      for (CertificateTimestamp timestamp : timestamps(certified)) {
        TrustedRoot.Spans known = root.certificateLog(timestamp.logId());
        if (!known.areNone()) {
          TrustedRoot.Log log = at(known, certified.signer().recorded().time());
          requireSigned(log, timestamp, timestamp.signed(issuerKey, precertificate));
          published = true;
        }
      }
      if (!published) {
        throw new SignatureRefusedException(
            Code.SCT_LOG_UNKNOWN,
            "the signer's certificate is in no certificate log that the trust root has",
            "",
            "");
      }
      return new PublishedSigner(certified);
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.SCT_WRONG, "the timestamp in the signer's certificate is none", e.reason(), "");
    }
  }

  private static List<CertificateTimestamp> timestamps(CertifiedSigner certified)
      throws SignatureRefusedException, MalformedException {
    Optional<Bytes> value =
        certified.signer().raw().extensions().value(FulcioExtensions.TIMESTAMPS);
    if (value.isEmpty()) {
      throw new SignatureRefusedException(
          Code.SCT_MISSING,
          "the signer's certificate has no timestamp of a certificate log",
          "",
          "");
    }
    return CertificateTimestamp.list(value.get());
  }

  private static TrustedRoot.Log at(TrustedRoot.Spans known, Instant time)
      throws SignatureRefusedException {
    return known
        .at(time)
        .orElseThrow(() ->
            new SignatureRefusedException(
                Code.SCT_LOG_KEY_NOT_VALID_THEN,
                "the certificate log was not to be trusted when the signature was made",
                time.toString(),
                known.toString()));
  }

  private static void requireSigned(
      TrustedRoot.Log log, CertificateTimestamp timestamp, Bytes signed)
      throws SignatureRefusedException {
    if (!log.signs(signed, timestamp.signature())) {
      throw new SignatureRefusedException(
          Code.SCT_WRONG, "the certificate log did not sign the timestamp that is in it", "", "");
    }
  }
}
