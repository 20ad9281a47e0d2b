package network.calimero.tee.functions.admission;

import java.util.Locale;

/** Why a node is not admitted, or counts for less; callers match the codes. */
public enum ReasonCode {
  /** A field that is joined with others holds the separator. */
  FIELD_HOLDS_SEPARATOR("send the field without |"),
  /** Of a release that this function does not trust. */
  RELEASE_NOT_TRUSTED("let the operator add the release to ADMISSION_RELEASES"),
  /** Of a profile that this function does not trust. */
  PROFILE_NOT_TRUSTED("run an image of a trusted profile, or let the operator trust this one"),
  /** The quote is of another profile than the node says. */
  PROFILE_DIFFERS("say the profile that runs"),
  /** Its measurements are those of a trusted profile and of another one. */
  PROFILE_AMBIGUOUS("use a release whose profiles can be told apart"),
  /** Neither a quote nor a measurement. */
  NO_EVIDENCE("send a quote, or the MRTD at least"),
  /** The MRTD is not 96 digits of hex. */
  MRTD_MALFORMED("send 96 hex digits"),
  /** The node says another MRTD than its quote. */
  MRTD_DIFFERS("send what the machine measures"),
  /** What was sent is no quote. */
  QUOTE_MALFORMED("send a TDX quote in base64"),
  /** Genuine or not, it is not of a VM. */
  NOT_A_TRUST_DOMAIN("send a quote of a TDX VM"),
  /** Verification refuses the quote; the subject is the failure's code. */
  QUOTE_REFUSED("do not trust it"),
  /** A quote without the challenge that it is to be bound to. */
  CHALLENGE_MISSING("send the challenge that the quote was made for"),
  /** The quote is not bound to this registration: another node's, an old one, or changed fields. */
  BINDING_DIFFERS("make a new quote for this challenge and these fields"),
  /** The platform's TCB status is not on the list of the release. */
  TCB_STATUS_NOT_ALLOWED("let the platform be updated"),
  /** A register has no published value. */
  MEASUREMENT_NOT_PUBLISHED("run an image of a trusted release as it was published"),
  /** Each register is published, but not all of them for one profile of one release. */
  MEASUREMENTS_OF_DIFFERENT_IMAGES("run one image as it was published"),
  /** No trusted release has published measurements. */
  NOTHING_PUBLISHED("wait until the release is complete"),
  /** The evidence is the node's own word, or could be another's, and that is not enabled. */
  CLAIMED_NOT_ENABLED("send a quote that is bound to the registration"),

  /** Limits: no quote came. */
  NO_QUOTE("send a quote"),
  /** Limits: this function does not know merod's registration constant. */
  REGISTRATION_CONSTANT_UNSET("let the operator set ADMISSION_REGISTRATION_CONSTANT"),
  /** Limits: the quote could have been asked for by anybody. */
  QUOTE_FOR_ANYBODY("quote through registration-attest, or configfs-tsm, with the constant");

  private final String advice;

  ReasonCode(String advice) {
    this.advice = advice;
  }

  /** As answers spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What can be done about it: half a sentence, in the imperative. */
  public String advice() {
    return advice;
  }
}
