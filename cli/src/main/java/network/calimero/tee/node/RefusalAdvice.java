package network.calimero.tee.node;

/** What an operator of a node does about each refusal of a KMS (kms-protocol.md, "Errors"). */
public final class RefusalAdvice {
  private RefusalAdvice() {}

  /** What to do next, a phrase for people; a sensible one for tags that are not known here too. */
  public static String of(KmsError error) {
    return switch (error.tag()) {
      case "measurement_policy_rejected" ->
          "this node's image is not in the policy of that KMS: use the KMS of this image's profile and"
              + " release, or run the image that its policy names";
      case "tcb_status_rejected" ->
          "update this node's platform (BIOS, microcode, TDX module) until its status is one that the"
              + " KMS allows; quote verify says what is short";
      case "attestation_verification_failed" ->
          "the KMS could not verify a quote: check this node's quote with quote verify; if that says"
              + " yes, look at the collateral service of the KMS";
      case "mock_attestation_rejected" -> "use a real platform: this KMS accepts no mock quotes";
      case "invalid_challenge" ->
          "ask again: a challenge serves one success, for one peer, for a short time; if it stays,"
              + " compare the clocks";
      case "peer_id_mismatch" ->
          "the quote must be over this node's own peer ID: use the same identity for quote and request";
      case "peer_identity_mismatch",
          "invalid_signature",
          "invalid_peer_public_key",
          "invalid_peer_id" ->
          "use one intact identity file for the whole exchange";
      case "invalid_attestation_request" ->
          "the KMS wants another form of request: it may ask for sealed release, which this command"
              + " does not do (on its side: MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false)";
      case "rate_limited" -> "wait" + retryAfter(error) + " and try again";
      case "policy_not_ready" -> "wait until the KMS has its policy; its log says what it lacks";
      case "challenge_store_unavailable" ->
          "try again; the KMS cannot reach its store of used challenges";
      case "key_derivation_failed" -> "look at the KMS's log: its dstack agent gave no key";
      default ->
          error.isTemporary()
              ? "try again later; the KMS's log says why"
              : "check that the URL is that of a KMS, without a path of its own";
    };
  }

  private static String retryAfter(KmsError error) {
    return error.retryAfterSeconds().isPresent()
        ? " " + error.retryAfterSeconds().getAsLong() + " s"
        : "";
  }
}
