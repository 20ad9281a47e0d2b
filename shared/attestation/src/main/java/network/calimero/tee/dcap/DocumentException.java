package network.calimero.tee.dcap;

/** A signed JSON document does not say what such a document must say. */
final class DocumentException extends Exception {
  private static final long serialVersionUID = 1L;

  DocumentException(String message) {
    super(message);
  }
}
