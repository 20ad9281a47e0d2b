package network.calimero.tee.simulator.quote;

/** The quote formats that exist: version, body, and how certification data are nested. */
public enum QuoteFormat {
  /** SGX enclave report directly behind the header, certification data not nested. */
  SGX_V3(3, 0, 0),
  /** TD report 1.0 directly behind the header. */
  TDX_V4(4, 0x81, 0),
  /** TD report 1.0 behind a descriptor. */
  TDX_V5_TD10(5, 0x81, 2),
  /** TD report 1.5 behind a descriptor. */
  TDX_V5_TD15(5, 0x81, 3);

  private final int version;
  private final int teeType;
  private final int bodyType;

  QuoteFormat(int version, int teeType, int bodyType) {
    this.version = version;
    this.teeType = teeType;
    this.bodyType = bodyType;
  }

  /** The header's version. */
  public int version() {
    return version;
  }

  /** The header's TEE type. */
  public int teeType() {
    return teeType;
  }

  /** The body type of the descriptor, 0 where there is none. */
  public int bodyType() {
    return bodyType;
  }

  /** Whether the body is an enclave report. */
  public boolean isSgx() {
    return this == SGX_V3;
  }
}
