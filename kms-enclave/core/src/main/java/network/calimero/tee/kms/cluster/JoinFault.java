package network.calimero.tee.kms.cluster;

import network.calimero.tee.kms.KmsError;

/** Every reason for which one replica does not take another for one of its own. */
public enum JoinFault {
  /** What was sent is not of the form or size that the protocol asks for. */
  MALFORMED("malformed", KmsError.INVALID_ATTESTATION_REQUEST),
  /** What was sent as a quote is none, or not one of a trust domain. */
  NOT_A_QUOTE("not_a_quote", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** The nonce is unknown here, expired, or used: a join that is played back, for one. */
  NONCE("nonce_not_good", KmsError.INVALID_CHALLENGE),
  /** The quote was made for another nonce. */
  OTHER_NONCE("quote_for_other_nonce", KmsError.INVALID_CHALLENGE),
  /** The joiner's quote was made for another key. */
  OTHER_KEY("quote_for_other_key", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** The giver's quote was made for another answer: keys or sealed root were altered since. */
  ALTERED_ANSWER("answer_altered", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** No verdict on the quote is possible now. */
  NO_VERDICT("no_verdict", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** The quote does not verify. */
  NOT_GENUINE("not_genuine", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** A debug TD, which its host can look into. */
  DEBUG("debug_td", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** Its platform's TCB status is not allowed. */
  TCB_STATUS("tcb_status_not_allowed", KmsError.TCB_STATUS_REJECTED),
  /** A register differs from one's own. */
  REGISTER("measurement_differs", KmsError.MEASUREMENT_POLICY_REJECTED),
  /** There is no policy to take the allowed TCB statuses from. */
  NO_POLICY("policy_not_ready", KmsError.POLICY_NOT_READY),
  /** This replica's own platform gave no quote. */
  NO_OWN_QUOTE("own_quote_unavailable", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** The sealed root does not open. */
  SEALED_ROOT("sealed_root_does_not_open", KmsError.ATTESTATION_VERIFICATION_FAILED),
  /** The peer could not be asked, or refused. */
  PEER("peer_gave_none", KmsError.INTERNAL_ERROR);

  private final String text;
  private final KmsError error;

  JoinFault(String text, KmsError error) {
    this.text = text;
    this.error = error;
  }

  /** One word for machines. */
  public String text() {
    return text;
  }

  /** The refusal of the error table that goes with it. */
  KmsError error() {
    return error;
  }
}
