package network.calimero.tee.release.policy;

import network.calimero.tee.bytes.PlainText;
import org.jspecify.annotations.Nullable;

/** What a machine answered proves nothing that a candidate could be made of. */
public final class ProbeException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 600;

  private final Fault fault;
  private final String found;
  private final String expected;

  /** What is wrong with it. */
  public enum Fault {
    /** There is no quote in it, or a token in its place, or one that does not parse. */
    NO_QUOTE,
    /** The quote is an enclave's. */
    NOT_A_TRUST_DOMAIN,
    /** It says other report data than its quote, or the quote is not over the nonce. */
    REPORT_DATA_MISMATCH,
    /** What stands there as event log is none. */
    EVENT_LOG_MALFORMED
  }

  ProbeException(Fault fault, String reason, @Nullable Throwable cause) {
    this(fault, reason, "", "", cause);
  }

  ProbeException(Fault fault, String reason, String found, String expected) {
    this(fault, reason, found, expected, null);
  }

  private ProbeException(
      Fault fault, String reason, String found, String expected, @Nullable Throwable cause) {
    super(PlainText.bounded(reason, MAX_TEXT), cause);
    this.fault = fault;
    this.found = PlainText.bounded(found, MAX_TEXT);
    this.expected = PlainText.bounded(expected, MAX_TEXT);
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }

  /** The same for people: half a sentence on one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** What was there; empty if nothing can be compared. */
  public String found() {
    return found;
  }

  /** What should have been there; empty if nothing can be compared. */
  public String expected() {
    return expected;
  }
}
