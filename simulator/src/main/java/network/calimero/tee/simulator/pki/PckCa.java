package network.calimero.tee.simulator.pki;

/** The two authorities that certify platforms. */
public enum PckCa {
  /** Multi-package platforms; their certificates name a platform instance. */
  PLATFORM("platform"),
  /** Single-package platforms. */
  PROCESSOR("processor");

  private final String query;

  PckCa(String query) {
    this.query = query;
  }

  /** Its name in the service's {@code ca=} parameter. */
  public String query() {
    return query;
  }
}
