package network.calimero.tee.node;

/**
 * One check of a KMS's evidence and how it ended.
 *
 * @param name what was looked at, a few words
 * @param outcome how it ended
 * @param detail what was seen, plain text; may be empty
 */
public record Check(String name, Outcome outcome, String detail) {
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
    /** Nobody said what to expect. */
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

  /** Makes the detail plain. */
  public Check {
    detail = PlainText.of(detail);
  }
}
