package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * An SGX enclave's report: the body of an SGX quote, and in every quote the quoting enclave's own
 * (dcap.md, "Quote"). The fields are views of its bytes, so that they cannot disagree with what was
 * signed.
 *
 * @param bytes 384 bytes
 */
public record EnclaveReport(Bytes bytes) implements ReportBody {
  private static final int DIGEST_SIZE = 32;
  private static final int SVN_SIZE = 16;

  private static final int MISC_SELECT = 16;
  private static final int ATTRIBUTES = 48;
  private static final int MR_ENCLAVE = 64;
  private static final int MR_SIGNER = 128;
  private static final int ISV_PROD_ID = 256;
  private static final int ISV_SVN = 258;
  private static final int REPORT_DATA = 320;
  private static final int DEBUG_FLAG = 0b10;

  /** Checks the size. */
  public EnclaveReport {
    Sizes.require("an enclave report", BodyType.ENCLAVE_REPORT.size(), bytes.length());
  }

  @Override
  public BodyType bodyType() {
    return BodyType.ENCLAVE_REPORT;
  }

  /** Security versions of the processor, 16 bytes. */
  public Bytes cpuSvn() {
    return bytes.slice(0, SVN_SIZE);
  }

  /** Extra information that the enclave saves on an exception, 4 bytes, little-endian. */
  public Bytes miscSelect() {
    return field(MISC_SELECT, 4);
  }

  /** Flags (8 bytes) and extended processor features (8 bytes), each little-endian. */
  public Bytes attributes() {
    return field(ATTRIBUTES, 16);
  }

  /** Measurement of the enclave, 32 bytes. */
  public Bytes mrEnclave() {
    return field(MR_ENCLAVE, DIGEST_SIZE);
  }

  /** Digest of the key that signed the enclave, 32 bytes. */
  public Bytes mrSigner() {
    return field(MR_SIGNER, DIGEST_SIZE);
  }

  /** The signer's number for the product, 0 to 65,535. */
  public int isvProdId() {
    return u16(ISV_PROD_ID);
  }

  /** The signer's security version of the enclave, 0 to 65,535. */
  public int isvSvn() {
    return u16(ISV_SVN);
  }

  @Override
  public ReportData reportData() {
    return new ReportData(field(REPORT_DATA, ReportData.SIZE));
  }

  /** Bit 1 of the attributes' flags. */
  @Override
  public boolean isDebug() {
    return (bytes.byteAt(ATTRIBUTES) & DEBUG_FLAG) != 0;
  }

  // Reserved bytes: signed like the rest, judged by nobody; for whoever shows a report in full.

  Bytes reserved1() {
    return bytes.slice(MISC_SELECT + 4, ATTRIBUTES);
  }

  Bytes reserved2() {
    return bytes.slice(MR_ENCLAVE + DIGEST_SIZE, MR_SIGNER);
  }

  Bytes reserved3() {
    return bytes.slice(MR_SIGNER + DIGEST_SIZE, ISV_PROD_ID);
  }

  Bytes reserved4() {
    return bytes.slice(ISV_SVN + 2, REPORT_DATA);
  }

  private int u16(int offset) {
    return bytes.byteAt(offset) | bytes.byteAt(offset + 1) << 8;
  }

  private Bytes field(int offset, int size) {
    return bytes.slice(offset, offset + size);
  }
}
