package network.calimero.tee.kms.server;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One thing that is wrong with a request for a key, in the order in which they are reported
 * (kms-protocol.md, POST /get-key, "Order of checks").
 */
enum Fault {
  PEER_ID_NOT_BASE58("invalid_peer_id", "peerId", r -> r.field("peerId", "0OIl")),
  CHALLENGE_ID_OF_OTHER_SHAPE(
      "invalid_challenge", "/challenge", r -> r.field("challengeId", "ab".repeat(16))),
  QUOTE_NOT_BASE64("invalid_request", "quoteB64", r -> r.field("quoteB64", "AAA")),
  SEALED_TO_A_KEY_OF_LOW_ORDER(
      "invalid_attestation_request",
      "sealToB64",
      r -> r.field("sealToB64", Node.base64(new byte[32]))),
  CHALLENGE_OF_ANOTHER_PEER(
      "invalid_challenge", "/challenge", FaultyRequest::challengeOfAnotherPeer),
  USED_CHALLENGE("invalid_challenge", "/challenge", FaultyRequest::usedChallenge),
  PUBLIC_KEY_NOT_BASE64(
      "invalid_peer_public_key", "peerPublicKeyB64", r -> r.field("peerPublicKeyB64", "*")),
  SIGNATURE_NOT_BASE64("invalid_signature", "signatureB64", r -> r.field("signatureB64", "*")),
  PUBLIC_KEY_NOT_CANONICAL(
      "invalid_peer_public_key", "canonical", r -> r.field("peerPublicKeyB64", "CIEAEgA=")),
  KEY_OF_ANOTHER_PEER("peer_identity_mismatch", "peerId", FaultyRequest::keyOfAnotherPeer),
  SIGNATURE_OVER_SOMETHING_ELSE(
      "invalid_signature", "signatureB64", r -> r.field("signatureB64", Node.base64(new byte[64]))),
  MOCK_QUOTE("mock_attestation_rejected", "mock", FaultyRequest::mockQuote),
  NOT_A_QUOTE("attestation_verification_failed", "not a quote", r -> r.quoteBytes(new byte[100])),
  SGX_QUOTE("attestation_verification_failed", "SGX", FaultyRequest::sgxQuote),
  OF_A_ROOT_OF_ITS_OWN(
      "attestation_verification_failed", "root_untrusted", FaultyRequest::foreignRoot),
  NO_COLLATERAL(
      "attestation_verification_failed", "collateral_unavailable", FaultyRequest::unknownPlatform),
  QUOTE_OVER_ANOTHER_NONCE("invalid_challenge", "report_data", FaultyRequest::anotherNonce),
  QUOTE_OF_ANOTHER_PEER("peer_id_mismatch", "report_data", FaultyRequest::anotherPeerHash),
  QUOTE_TAMPERED(
      "attestation_verification_failed", "quote_signature_invalid: step 6", FaultyRequest::tamper),
  DEBUG_TD("attestation_verification_failed", "td_debug: step 10", FaultyRequest::debug),
  TCB_OUT_OF_DATE("tcb_status_rejected", "SGX TCB component 0", FaultyRequest::outdatedPlatform),
  UNKNOWN_IMAGE("measurement_policy_rejected", "MRTD ", FaultyRequest::unknownImage),
  UNKNOWN_RTMR("measurement_policy_rejected", "RTMR2 ", FaultyRequest::unknownRtmr),
  DSTACK_GIVES_NO_KEY("key_derivation_failed", "operator's log", FaultyRequest::noKey);

  final String tag;
  final String details;

  @SuppressWarnings("ImmutableEnumChecker") // none of the lambdas captures anything
  private final Consumer<FaultyRequest> spoil;

  Fault(String tag, String details, Consumer<FaultyRequest> spoil) {
    this.tag = tag;
    this.details = details;
    this.spoil = spoil;
  }

  /** Posts a request with these faults and no others. */
  static KmsHttp.Answer post(RefusalSite site, Fault... faults) {
    FaultyRequest request = new FaultyRequest(site);
    // Where two exclude each other the one that is reported first wins.
    Arrays.stream(faults).sorted((a, b) -> b.compareTo(a)).forEach(f -> f.spoil.accept(request));
    return request.post();
  }
}
