package network.calimero.tee.eventlog;

import java.util.Locale;
import network.calimero.tee.bytes.PlainText;

/**
 * A verified quote does not prove an event log, so that nothing the log says may be believed. All
 * texts are plain. Strangers can cause it at will, so it has no stack trace.
 */
public final class UnprovenLogException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 200;

  /** Why a log is not proven. */
  public enum Code {
    /** The quote is an enclave's, which has no such registers. */
    NO_TD_QUOTE("give the quote of the trust domain that the log is of"),
    /** A register that the log extends is not what the quote has. */
    REGISTER_DIFFERS(
        "ask for quote and event log together, of one machine; if they came together, the log was"
            + " changed on its way or is incomplete"),
    /** The log has no event for any register that was used. */
    NOTHING_PROVEN(
        "the platform gave no log, or an empty one: judge the quote's registers instead"),
    /** The boot measured the same fact twice, so that it is not clear which holds. */
    FACT_REPEATED("do not trust this machine: a dstack guest measures each fact once as it boots"),
    /** A name before the end of the boot could be read as a shorter name with another payload. */
    AMBIGUOUS_NAME("do not trust this log: no name that a dstack guest boots with has a colon"),
    /** What a fact says is not of its form. */
    FACT_MALFORMED("do not trust this machine: its operating system measured what it should not");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** The code for programs: lower case with underscores. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What to do next, a phrase for people. */
    public String advice() {
      return advice;
    }
  }

  private final Code code;
  private final String reason;
  private final String found;
  private final String expected;
  private final String hint;

  UnprovenLogException(Code code, String reason, String found, String expected, String hint) {
    super(
        PlainText.bounded(reason, MAX_TEXT)
            + ": found "
            + PlainText.bounded(found, MAX_TEXT)
            + ", expected "
            + PlainText.bounded(expected, MAX_TEXT),
        null,
        false,
        false);
    this.code = code;
    this.reason = PlainText.bounded(reason, MAX_TEXT);
    this.found = PlainText.bounded(found, MAX_TEXT);
    this.expected = PlainText.bounded(expected, MAX_TEXT);
    this.hint = hint;
  }

  /** Why. */
  public Code code() {
    return code;
  }

  /** Why, in words. */
  public String reason() {
    return reason;
  }

  /** What the log has or leads to. */
  public String found() {
    return found;
  }

  /** What it should have been: of a register, what the quote has. */
  public String expected() {
    return expected;
  }

  /** What to do next. */
  public String advice() {
    return hint.isEmpty() ? code.advice : hint + "; " + code.advice;
  }
}
