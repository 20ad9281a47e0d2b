package network.calimero.tee.functions.verify;

import java.util.Locale;

/**
 * One check and how it ended.
 *
 * @param code why it did not pass, for programs; empty if it did
 * @param detail half a sentence or more for people
 */
record Check(Name name, Result result, String code, String detail) {

  /** What is checked, in the order of the answer. */
  enum Name {
    /** The quote was made for this nonce. */
    FRESHNESS,
    /** The quote is genuine: this project's own verification, all steps. */
    DCAP,
    /** Intel Trust Authority says so, too. */
    ITA,
    /** Both say the same of the platform. */
    AGREEMENT,
    /** The event log leads to the quote's registers. */
    EVENT_LOG,
    /** The release runs from the compose document that was measured. */
    COMPOSE_HASH,
    /** The registers are those of a release. */
    MEASUREMENTS,
    /** The transport key is the machine's. */
    TRANSPORT_KEY,
    /** The agent's keys are the machine's. */
    AGENT_KEYS;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a check can end. */
  enum Result {
    PASSED,
    FAILED,
    /** Nobody knows; never to be shown as passed. */
    NOT_POSSIBLE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check passed(Name name, String detail) {
    return new Check(name, Result.PASSED, "", detail);
  }

  static Check failed(Name name, String code, String detail) {
    return new Check(name, Result.FAILED, code, detail);
  }

  static Check notPossible(Name name, String code, String why) {
    return new Check(name, Result.NOT_POSSIBLE, code, why);
  }
}
