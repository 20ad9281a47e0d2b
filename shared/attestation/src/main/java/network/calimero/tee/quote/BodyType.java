package network.calimero.tee.quote;

/**
 * The bodies that a quote can have, with the numbers and sizes that quote version 5 states
 * (dcap.md, "Quote").
 */
public enum BodyType {
  /** An SGX enclave report. */
  ENCLAVE_REPORT(1, 384, TeeType.SGX),
  /** A TD report 1.0. */
  TD_REPORT_10(2, 584, TeeType.TDX),
  /** A TD report 1.5: 1.0 followed by two more fields. */
  TD_REPORT_15(3, 648, TeeType.TDX);

  private final int code;
  private final int size;
  private final TeeType teeType;

  BodyType(int code, int size, TeeType teeType) {
    this.code = code;
    this.size = size;
    this.teeType = teeType;
  }

  /** The number that stands for it in a version 5 quote. */
  public int code() {
    return code;
  }

  /** Its size in bytes. */
  public int size() {
    return size;
  }

  /** The environment whose report it is. */
  public TeeType teeType() {
    return teeType;
  }
}
