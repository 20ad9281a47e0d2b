package network.calimero.tee.dcap;

/** Bytes are not the DER that was expected. Caught where the document is known, and named there. */
final class DerException extends Exception {
  private static final long serialVersionUID = 1L;

  DerException(String message) {
    super(message);
  }
}
