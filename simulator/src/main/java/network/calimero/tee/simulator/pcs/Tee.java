package network.calimero.tee.simulator.pcs;

/** The two halves of the service's address space. */
public enum Tee {
  SGX("sgx"),
  TDX("tdx");

  private final String segment;

  Tee(String segment) {
    this.segment = segment;
  }

  /** The first segment of a path. */
  public String segment() {
    return segment;
  }
}
