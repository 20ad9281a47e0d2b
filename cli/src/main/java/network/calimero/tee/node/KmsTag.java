package network.calimero.tee.node;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a KMS can say in place of an answer (kms-protocol.md, "Errors"), with what it means for the
 * node that asked and what its operator does next.
 */
public enum KmsTag {
  INVALID_REQUEST(
      true,
      "the KMS does not take this form of request: check that the URL is the base URL of a KMS,"
          + " without a path of its own, and that both sides are of the same release"),
  INVALID_PEER_ID(true, Advice.IDENTITY),
  INVALID_ATTESTATION_REQUEST(
      true,
      "the KMS wants another form of request: most give out sealed keys only, so leave out --plain;"
          + " one that does not know sealing wants it"),
  INVALID_PEER_PUBLIC_KEY(true, Advice.IDENTITY),
  INVALID_CHALLENGE(
      true,
      "ask again: a challenge serves one success, for one peer, for a short time; if it stays,"
          + " compare the clocks"),
  INVALID_SIGNATURE(
      true,
      "ask again: the signature is over challenge, quote and peer ID, so something between here and"
          + " the KMS may have changed one of them; if it stays, compare the releases of both sides"),
  ATTESTATION_VERIFICATION_FAILED(
      true,
      "the KMS could not verify this node's quote: check it with quote verify; if that says yes,"
          + " look at the collateral service of the KMS"),
  MOCK_ATTESTATION_REJECTED(true, "use a real platform: this KMS accepts no mock quotes"),
  PEER_IDENTITY_MISMATCH(true, Advice.IDENTITY),
  PEER_ID_MISMATCH(
      true,
      "the quote must be over this node's own peer ID: use the same identity for quote and request"),
  TCB_STATUS_REJECTED(
      true,
      "update this node's platform (BIOS, microcode, TDX module) until its status is one that the"
          + " KMS allows; quote verify says what is short"),
  MEASUREMENT_POLICY_REJECTED(
      true,
      "this node's image is not in the policy of that KMS: use the KMS of this image's profile and"
          + " release, or run the image that its policy names"),
  RATE_LIMITED(false, "wait and try again"),
  KEY_DERIVATION_FAILED(false, "look at the KMS's log: its dstack agent gave no key"),
  CHALLENGE_STORE_UNAVAILABLE(
      false, "try again; the KMS cannot reach its store of used challenges"),
  POLICY_NOT_READY(false, "wait until the KMS has its policy; its log says what it lacks"),
  INTERNAL_ERROR(false, "try again later; the KMS's log says why");

  private final boolean refusal;
  private final String advice;

  KmsTag(boolean refusal, String advice) {
    this.refusal = refusal;
    this.advice = advice;
  }

  /** The tag of that text, if a KMS has such a one. */
  public static Optional<KmsTag> of(String text) {
    return Arrays.stream(values()).filter(tag -> tag.text().equals(text)).findFirst();
  }

  /** What the answer's {@code error} says. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a "no" to the node that asks for a key; else the KMS is not able to say. */
  public boolean isRefusal() {
    return refusal;
  }

  /** What to do next, a phrase for people. */
  public String advice() {
    return advice;
  }

  private static final class Advice {
    static final String IDENTITY = "use one intact identity file for the whole exchange";
  }
}
