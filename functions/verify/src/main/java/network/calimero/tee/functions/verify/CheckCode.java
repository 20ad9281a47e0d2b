package network.calimero.tee.functions.verify;

import java.util.Locale;

/**
 * Why a check did not pass, as far as the verifier itself says it: others' codes are their own
 * (quotes, event logs, releases, tokens). Programs match the codes, so none is ever renamed.
 */
enum CheckCode {
  NO_NONCE("give the nonce that the machine was asked with, or have it asked here"),
  COLLATERAL_TIMEOUT("ask again; Intel's collateral was not there in time"),
  NO_COLLATERAL("keep answers whole: what the quote was verified with is not in this report"),
  NO_EVENT_LOG("expect none of a node; of a KMS on dstack, give its eventLog as it came"),
  EVENT_LOG_MALFORMED("give the event log as it came; do not believe what it says"),
  QUOTE_NOT_VERIFIED("see the check dcap: what rests on the quote is not known without it"),
  NO_SECOND_VERDICT("see the reason; the own verdict stands alone"),
  AUTHORITY_DECLINED("do not trust the quote before Intel Trust Authority takes it, too"),
  ONE_VERDICT_ONLY("see the check ita: there are not two verdicts to compare"),
  VERDICTS_DIFFER("do not trust the platform before both say the same of it"),
  NONE_MEASURED("expect none of a node; of a KMS on dstack, see the check event_log"),
  RELEASE_NAMES_NONE("see the registers: this release says nothing of compose hashes"),
  COMPOSE_HASH_DIFFERS("do not trust it: it was made from another compose document"),
  AGENT_POLICY_NEEDED("hold the registers to an agent's policy; releases here have none"),
  RELEASES_TIMEOUT("ask again; the releases were not there in time"),
  RELEASES_UNKNOWN("ask again, or name the release; not all that it could be of were to be had"),
  RELEASE_BUSY("ask again in a minute; too many releases that no list names were asked for"),
  RELEASE_ABSENT("check release_tag and profile; a KMS has its own tags, and a node"),
  NO_RELEASE_NAMED("name a release; the list of releases is not to be had now"),
  NO_RELEASE_FITS("do not trust it: there is no release that it could be of"),
  NO_NEW_RELEASE_FITS("name the release that it is to be of; unless it is of one, do not trust it"),
  MEASUREMENT_POLICY_REJECTED("do not trust it: it runs something else than the release"),
  TCB_STATUS_REJECTED("have the platform updated; the release does not accept its status"),
  NO_TRANSPORT_KEY("remember that whoever answered may only have passed the answer on"),
  SEALED_REQUEST_UNKNOWN(
      "remember that the host may only have passed the answer on; the key is the machine's");

  private final String advice;

  CheckCode(String advice) {
    this.advice = advice;
  }

  /** As answers spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What to do about it, or to make of it: half a sentence, in the imperative. */
  String advice() {
    return advice;
  }
}
