package network.calimero.tee.bytes;

/**
 * Bytes are not the DER or JSON that they should be. Caught where the document is known, named
 * there. Strangers can cause it at will, so it has no stack trace, which is most of an exception's
 * cost.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A reason may repeat names of the document: more of it nobody reads. */
  private static final int MAX_REASON = 1_000;

  /**
   * Says what is wrong, without naming the document.
   *
   * @param reason made plain, and cut after 1,000 characters
   */
  public MalformedException(String reason) {
    super(PlainText.bounded(reason, MAX_REASON), null, false, false);
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
