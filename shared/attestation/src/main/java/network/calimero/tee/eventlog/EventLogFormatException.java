package network.calimero.tee.eventlog;

import network.calimero.tee.bytes.PlainText;

/**
 * Bytes are not an event log that can be read here. Says what is wrong, at which event, and what
 * was expected there, in plain text. Strangers can cause it at will, so it has no stack trace.
 */
public final class EventLogFormatException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_FOUND = 120;

  /** What can be wrong with an event log. */
  public enum Fault {
    /** There is no event log in the input. */
    NOT_FOUND("there is no event log in the input"),
    /** The input is larger than any event log that is accepted. */
    TOO_LARGE("the input is larger than any event log"),
    /** It lists more events than are accepted. */
    TOO_MANY_EVENTS("the event log has too many events"),
    /** It is not the JSON that it should be. */
    MALFORMED_JSON("the event log is not the JSON that it should be"),
    /** A field of an event is missing, or not of its form. */
    MALFORMED_FIELD("a field is missing or malformed"),
    /** An event names a register that there is not. */
    UNKNOWN_REGISTER("there is no such register"),
    /** RTMR3 is extended by something whose digest says nothing of its name and payload. */
    NOT_A_RUNTIME_EVENT("an event in RTMR3 is not a run-time event"),
    /** The digest of a run-time event is not one of its name and payload. */
    DIGEST_MISMATCH("the digest is not that of the event's name and payload"),
    /** The text that was hashed, as the event gives it, does not say the same as the event. */
    PREIMAGE_MISMATCH("the preimage does not say the same as the event"),
    /** A binary log does not begin with the header of a crypto-agile TCG log. */
    NOT_A_TCG_LOG("the table is not a crypto-agile TCG event log"),
    /** A binary log's digests are not as its header lists them, or not one SHA-384 each. */
    UNUSABLE_DIGESTS("the digests are not what they must be"),
    /** The bytes end in the middle of an event. */
    TRUNCATED("the event log ends too early");

    private final String explanation;

    Fault(String explanation) {
      this.explanation = explanation;
    }

    /** The fault in a few words. */
    public String explanation() {
      return explanation;
    }
  }

  private final Fault fault;

  private EventLogFormatException(Fault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  /** A fault of the log as a whole. */
  static EventLogFormatException of(Fault fault, String found, String expected) {
    return new EventLogFormatException(
        fault, "%s: found %s, expected %s".formatted(fault.explanation(), plain(found), expected));
  }

  /** A fault of the event at that index. */
  static EventLogFormatException at(int index, Fault fault, String found, String expected) {
    return new EventLogFormatException(
        fault,
        "event %d: %s: found %s, expected %s"
            .formatted(index, fault.explanation(), plain(found), expected));
  }

  private static String plain(String found) {
    return PlainText.bounded(found, MAX_FOUND);
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }
}
