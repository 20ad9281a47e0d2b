package network.calimero.tee.dcap;

import network.calimero.tee.bytes.PlainText;

/**
 * Evidence or collateral was refused. Carries the closed {@link FailureCode}, why, and where it
 * helps what was found and what was expected. All texts are bounded, of printable characters, and
 * hold no more than public material.
 */
public final class VerificationException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 300;

  private final FailureCode code;
  private final String reason;
  private final String found;
  private final String expected;

  VerificationException(FailureCode code, String reason) {
    this(code, reason, "", "");
  }

  VerificationException(FailureCode code, String reason, String found, String expected) {
    super(message(code, bounded(reason), bounded(found), bounded(expected)));
    this.code = code;
    this.reason = bounded(reason);
    this.found = bounded(found);
    this.expected = bounded(expected);
  }

  private static String message(FailureCode code, String reason, String found, String expected) {
    StringBuilder text = new StringBuilder();
    text.append("step ").append(code.step().number()).append(" (").append(code.step().title());
    text.append("): ").append(reason);
    if (!found.isEmpty()) {
      text.append(": found ").append(found);
    }
    if (!expected.isEmpty()) {
      text.append(", expected ").append(expected);
    }
    return text.toString();
  }

  private static String bounded(String text) {
    return PlainText.bounded(text, MAX_TEXT);
  }

  /** Which failure it is. */
  public FailureCode code() {
    return code;
  }

  /** The step that failed; the same as {@code code().step()}. */
  public Step step() {
    return code.step();
  }

  /** What is wrong, without found and expected. */
  public String reason() {
    return reason;
  }

  /** What was found, or an empty text. */
  public String found() {
    return found;
  }

  /** What should have been there, or an empty text. */
  public String expected() {
    return expected;
  }
}
