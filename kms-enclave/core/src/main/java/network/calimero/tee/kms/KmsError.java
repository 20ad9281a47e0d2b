package network.calimero.tee.kms;

/**
 * Every way in which a request is refused (kms-protocol.md, "Errors"). Nodes and tools match the
 * tags, so none is ever renamed.
 */
public enum KmsError {
  INVALID_REQUEST("invalid_request", 400),
  INVALID_PEER_ID("invalid_peer_id", 400),
  INVALID_ATTESTATION_REQUEST("invalid_attestation_request", 400),
  INVALID_PEER_PUBLIC_KEY("invalid_peer_public_key", 400),
  INVALID_CHALLENGE("invalid_challenge", 401),
  INVALID_SIGNATURE("invalid_signature", 401),
  ATTESTATION_VERIFICATION_FAILED("attestation_verification_failed", 401),
  MOCK_ATTESTATION_REJECTED("mock_attestation_rejected", 401),
  PEER_IDENTITY_MISMATCH("peer_identity_mismatch", 401),
  PEER_ID_MISMATCH("peer_id_mismatch", 401),
  TCB_STATUS_REJECTED("tcb_status_rejected", 403),
  MEASUREMENT_POLICY_REJECTED("measurement_policy_rejected", 403),
  RATE_LIMITED("rate_limited", 429),
  KEY_DERIVATION_FAILED("key_derivation_failed", 500),
  CHALLENGE_STORE_UNAVAILABLE("challenge_store_unavailable", 503),
  POLICY_NOT_READY("policy_not_ready", 503),

  /** A fault of this program; the protocol has no tag for that, and nodes accept any. */
  INTERNAL_ERROR("internal_error", 500);

  private final String tag;
  private final int status;

  KmsError(String tag, int status) {
    this.tag = tag;
    this.status = status;
  }

  /** What the answer's {@code error} says. */
  public String tag() {
    return tag;
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }

  /** The tag. */
  @Override
  public String toString() {
    return tag;
  }
}
