package network.calimero.tee.policy.release;

import network.calimero.tee.bytes.PlainText;

/** A policy document cannot be used; the message names the field and what is wrong with it. */
public final class PolicyDocumentException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PROBLEM = 300;

  private final String field;

  /**
   * Names a field and its problem.
   *
   * @param field its path, such as {@code policy.node_allowed_mrtd[2]}
   */
  public PolicyDocumentException(String field, String problem) {
    super(field + ": " + PlainText.bounded(problem, MAX_PROBLEM));
    this.field = field;
  }

  /** Where, as a path such as {@code policy.node_allowed_mrtd[2]}. */
  public String field() {
    return field;
  }

  /** Where and what, on one line, bounded. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
