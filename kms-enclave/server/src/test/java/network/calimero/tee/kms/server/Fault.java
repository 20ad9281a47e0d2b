package network.calimero.tee.kms.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.server.SwitchedKms.Recording;

/**
 * One thing that is wrong with a request for a key, or with the key server when it comes, in the
 * order in which they are reported (kms-protocol.md, POST /get-key, "Order of checks"). Step 0 is
 * what comes before those.
 */
enum Fault {
  UNKNOWN_PATH(0, 404, "nothing at this path", FaultyRequest::unknownPath),
  OTHER_METHOD(0, 405, "this path takes POST", FaultyRequest::otherMethod),
  BODY_NOT_SAID_TO_BE_JSON(0, 415, "Content-Type", FaultyRequest::notSaidToBeJson),
  BODY_TOO_LARGE(0, 413, "64 KiB", FaultyRequest::tooLarge),
  BODY_NOT_JSON(0, 400, "not JSON", FaultyRequest::notJson),
  FIELD_MISSING(0, 400, "signatureB64 is missing", r -> r.remove("signatureB64")),
  PEER_ID_NOT_BASE58(1, KmsError.INVALID_PEER_ID, "peerId", r -> r.field("peerId", "0OIl")),
  CHALLENGE_ID_OF_OTHER_SHAPE(
      1, KmsError.INVALID_CHALLENGE, "/challenge", r -> r.field("challengeId", "ab".repeat(16))),
  POLICY_NOT_READY(2, KmsError.POLICY_NOT_READY, "not loaded yet", FaultyRequest::policyNotReady),
  QUOTE_NOT_BASE64(3, KmsError.INVALID_REQUEST, "quoteB64", r -> r.field("quoteB64", "AAA")),
  SEALED_TO_A_KEY_OF_LOW_ORDER(
      3,
      KmsError.INVALID_ATTESTATION_REQUEST,
      "sealToB64",
      r -> r.field("sealToB64", Node.base64(new byte[32]))),
  NOT_SEALED_WHERE_THAT_IS_REQUIRED(
      3,
      KmsError.INVALID_ATTESTATION_REQUEST,
      "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false",
      FaultyRequest::notSealedWhereRequired),
  CHALLENGE_OF_ANOTHER_PEER(
      4, KmsError.INVALID_CHALLENGE, "/challenge", FaultyRequest::challengeOfAnotherPeer),
  CHALLENGE_EXPIRED(4, KmsError.INVALID_CHALLENGE, "/challenge", FaultyRequest::expiredChallenge),
  STORE_UNREACHABLE_AT_LOOK_UP(
      4,
      KmsError.CHALLENGE_STORE_UNAVAILABLE,
      "cannot be reached",
      FaultyRequest::storeNotLookedUp),
  CHALLENGE_USED(4, KmsError.INVALID_CHALLENGE, "/challenge", FaultyRequest::usedChallenge),
  PUBLIC_KEY_NOT_BASE64(
      5,
      KmsError.INVALID_PEER_PUBLIC_KEY,
      "peerPublicKeyB64",
      r -> r.field("peerPublicKeyB64", "*")),
  SIGNATURE_NOT_BASE64(
      5, KmsError.INVALID_SIGNATURE, "signatureB64", r -> r.field("signatureB64", "*")),
  PUBLIC_KEY_NOT_CANONICAL(
      5,
      KmsError.INVALID_PEER_PUBLIC_KEY,
      "canonical",
      r -> r.field("peerPublicKeyB64", "CIEAEgA=")),
  PUBLIC_KEY_OF_ANOTHER_PEER(
      5, KmsError.PEER_IDENTITY_MISMATCH, "peerId", FaultyRequest::keyOfAnotherPeer),
  SIGNATURE_OVER_SOMETHING_ELSE(
      5,
      KmsError.INVALID_SIGNATURE,
      "signatureB64",
      r -> r.field("signatureB64", Node.base64(new byte[64]))),
  MOCK_QUOTE(6, KmsError.MOCK_ATTESTATION_REJECTED, "mock", FaultyRequest::mockQuote),
  QUOTE_DOES_NOT_PARSE(
      6, KmsError.ATTESTATION_VERIFICATION_FAILED, "not a quote", r -> r.quoteBytes(new byte[100])),
  QUOTE_OF_AN_SGX_ENCLAVE(
      6, KmsError.ATTESTATION_VERIFICATION_FAILED, "SGX", FaultyRequest::sgxQuote),
  QUOTE_UNDER_A_ROOT_OF_ITS_OWN(
      6, KmsError.ATTESTATION_VERIFICATION_FAILED, "root_untrusted", FaultyRequest::foreignRoot),
  NO_COLLATERAL(
      6,
      KmsError.ATTESTATION_VERIFICATION_FAILED,
      "collateral_unavailable",
      FaultyRequest::unknownPlatform),
  QUOTE_OVER_ANOTHER_NONCE(
      6, KmsError.INVALID_CHALLENGE, "report_data", FaultyRequest::anotherNonce),
  QUOTE_OF_ANOTHER_PEER(
      6, KmsError.PEER_ID_MISMATCH, "report_data", FaultyRequest::anotherPeerHash),
  QUOTE_FOR_A_PLAIN_ANSWER_WITH_A_KEY_TO_SEAL_TO(
      6, KmsError.PEER_ID_MISMATCH, "sealToB64", FaultyRequest::plainQuoteWithKeyToSealTo),
  QUOTE_TAMPERED_WITH(
      6,
      KmsError.ATTESTATION_VERIFICATION_FAILED,
      "quote_signature_invalid: step 6",
      FaultyRequest::tamper),
  DEBUG_TD(6, KmsError.ATTESTATION_VERIFICATION_FAILED, "td_debug: step 10", FaultyRequest::debug),
  TCB_OUT_OF_DATE(
      7, KmsError.TCB_STATUS_REJECTED, "SGX TCB component 0", FaultyRequest::outdatedPlatform),
  UNKNOWN_IMAGE(7, KmsError.MEASUREMENT_POLICY_REJECTED, "MRTD ", FaultyRequest::unknownImage),
  UNKNOWN_RTMR2(7, KmsError.MEASUREMENT_POLICY_REJECTED, "RTMR2 ", FaultyRequest::unknownRtmr),
  STORE_UNREACHABLE_AT_RECORDING(
      7,
      KmsError.CHALLENGE_STORE_UNAVAILABLE,
      "cannot be reached",
      r -> r.recording(Recording.UNREACHABLE)),
  CHALLENGE_USED_MEANWHILE(
      7, KmsError.INVALID_CHALLENGE, "/challenge", r -> r.recording(Recording.USED_MEANWHILE)),
  STORE_FULL(7, KmsError.RATE_LIMITED, "MAX_CONSUMED_CHALLENGES", r -> r.recording(Recording.FULL)),
  DSTACK_GIVES_NO_KEY(8, KmsError.KEY_DERIVATION_FAILED, "operator's log", FaultyRequest::noKey);

  private static final Pattern ABBREVIATION = Pattern.compile("\\b(json|sgx|td|tcb|rtmr2|id)\\b");

  final int step;
  final int status;
  final KmsError error;
  final String details;

  @SuppressWarnings("ImmutableEnumChecker") // none of the lambdas captures anything
  private final Consumer<FaultyRequest> spoil;

  /** On the level of HTTP, where the status is not the error's own. */
  Fault(int step, int status, String details, Consumer<FaultyRequest> spoil) {
    this(step, status, KmsError.INVALID_REQUEST, details, spoil);
  }

  Fault(int step, KmsError error, String details, Consumer<FaultyRequest> spoil) {
    this(step, error.status(), error, details, spoil);
  }

  Fault(int step, int status, KmsError error, String details, Consumer<FaultyRequest> spoil) {
    this.step = step;
    this.status = status;
    this.error = error;
    this.details = details;
    this.spoil = spoil;
  }

  /** For people. */
  String text() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return ABBREVIATION.matcher(words).replaceAll(word -> word.group().toUpperCase(Locale.ROOT));
  }

  /** Posts a request with these faults and no others. */
  static KmsHttp.Answer post(RefusalSite site, Fault... faults) {
    FaultyRequest request = new FaultyRequest(site);
    // Where two exclude each other the one that is reported first wins.
    Arrays.stream(faults).sorted((a, b) -> b.compareTo(a)).forEach(f -> f.spoil.accept(request));
    return request.post();
  }
}
