package network.calimero.tee.functions.admission;

import network.calimero.tee.bytes.PlainText;

/**
 * One reason against a node, or for counting it less.
 *
 * @param subject what it is about: a field, a register, a failure's code
 * @param text half a sentence, on one line and bounded
 */
public record Reason(ReasonCode code, String subject, String text) {
  private static final int MAX_SUBJECT = 100;
  private static final int MAX_TEXT = 600;

  /** Makes the texts fit. */
  public Reason {
    subject = PlainText.bounded(subject, MAX_SUBJECT);
    text = PlainText.bounded(text, MAX_TEXT);
  }
}
