package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * Who signed a quote, as the quote tells it (dcap.md, "Quote"); proven by nothing yet.
 *
 * @param signature ECDSA P-256 over {@link Quote#signedBytes()}: 64 bytes, r then s
 * @param attestationKey the public key to check it with: 64 bytes, x then y
 * @param qeReport the quoting enclave's own report, which holds a digest of that key
 * @param qeReportSignature by the platform's PCK over that report: 64 bytes, r then s
 * @param qeAuthData what the quoting enclave hashed beside the key; may be empty
 * @param certificationData how to find the PCK's certificate
 */
public record SignatureData(
    Bytes signature,
    Bytes attestationKey,
    EnclaveReport qeReport,
    Bytes qeReportSignature,
    Bytes qeAuthData,
    CertificationData certificationData) {
  /** Size in bytes of a signature, and of a public key. */
  public static final int P256_SIZE = 64;

  /** Checks the sizes. */
  public SignatureData {
    Sizes.require("the quote's signature", P256_SIZE, signature.length());
    Sizes.require("the attestation key", P256_SIZE, attestationKey.length());
    Sizes.require("the QE report's signature", P256_SIZE, qeReportSignature.length());
  }
}
