package network.calimero.tee.dcap;

/**
 * Bytes are not the DER or JSON that they should be. Caught where the document is known, named
 * there.
 */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
