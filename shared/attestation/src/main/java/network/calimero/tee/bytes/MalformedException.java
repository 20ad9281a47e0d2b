package network.calimero.tee.bytes;

/**
 * Bytes are not the DER or JSON that they should be. Caught where the document is known, named
 * there. Strangers can cause it at will, so it has no stack trace, which is most of an exception's
 * cost.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Says what is wrong, without naming the document. */
  public MalformedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }
}
