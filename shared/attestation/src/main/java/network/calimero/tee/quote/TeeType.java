package network.calimero.tee.quote;

/** The kind of trusted execution environment that a quote speaks for (dcap.md, "Quote"). */
public enum TeeType {
  /** An SGX enclave. */
  SGX(0x00),
  /** A TDX trust domain. */
  TDX(0x81);

  private final int code;

  TeeType(int code) {
    this.code = code;
  }

  /** The number that stands for it in a quote's header. */
  public int code() {
    return code;
  }
}
