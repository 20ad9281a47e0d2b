package network.calimero.tee.node;

/**
 * One step of a node and how it ended.
 *
 * @param step what was looked at
 * @param outcome how it ended
 * @param detail what was seen, plain text; may be empty
 */
public record Check(NodeStep step, Outcome outcome, String detail) {
  /** How a check ends. */
  public enum Outcome {
    /** As it must be. */
    PASSED("passed"),
    /** Not as it must be. */
    FAILED("FAILED"),
    /** Nothing to judge it with could be had. */
    UNDECIDED("no verdict"),
    /** An earlier check ended the matter. */
    NOT_REACHED("not reached"),
    /** It was not asked for: nobody said what to expect, or the check was skipped by order. */
    NOT_JUDGED("not judged");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** One or two words for people. */
    public String text() {
      return text;
    }
  }

  /** Whether it is this that keeps a node from its key. */
  public boolean stops() {
    return outcome == Outcome.FAILED || outcome == Outcome.UNDECIDED;
  }

  /** Makes the detail plain. */
  public Check {
    detail = PlainText.of(detail);
  }
}
