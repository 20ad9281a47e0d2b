package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * The 48 bytes that every quote starts with (dcap.md, "Quote").
 *
 * @param version 3, 4 or 5
 * @param attestationKeyType 2, ECDSA-256-with-P-256
 * @param teeType what the quote speaks for
 * @param qeSvn security version of the quoting enclave in version 3; reserved since, and not judged
 * @param pceSvn security version of the provisioning enclave in version 3; reserved since, and not
 *     judged
 * @param qeVendorId 16 bytes, Intel's
 * @param userData 20 bytes; its first 16 are an ID of the platform's quoting enclave
 */
public record QuoteHeader(
    int version,
    int attestationKeyType,
    TeeType teeType,
    int qeSvn,
    int pceSvn,
    Bytes qeVendorId,
    Bytes userData) {
  /** Its size in bytes. */
  public static final int SIZE = 48;
}
