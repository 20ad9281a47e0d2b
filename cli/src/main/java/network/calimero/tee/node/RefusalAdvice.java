package network.calimero.tee.node;

/** What to do about an answer that is an error, by what was asked for (kms-protocol.md). */
final class RefusalAdvice {
  private static final String NOT_A_KMS =
      "check that the URL is the base URL of a KMS, without a path of its own, and what else answers"
          + " there: a proxy, a gateway, another service";

  private RefusalAdvice() {}

  /** What to do next, a phrase for people. */
  static String of(String path, KmsError error) {
    return error.known().map(tag -> ofKms(path, tag, error)).orElseGet(() -> ofOther(error));
  }

  private static String ofKms(String path, KmsTag tag, KmsError error) {
    return switch (tag) {
      case ATTESTATION_VERIFICATION_FAILED -> {
        if (path.equals(KmsClient.ATTEST)) {
          yield "the KMS could not attest itself, so nothing is known of it: its operator's log says"
              + " why; look at its dstack agent first";
        }
        yield error.isRefusal()
            ? tag.advice()
            : "the KMS has no collateral to judge this node with: try again, or let its operator look"
                + " at its collateral service";
      }
      case RATE_LIMITED ->
          error.retryAfterSeconds().isPresent()
              ? "wait " + error.retryAfterSeconds().getAsLong() + " s and try again"
              : tag.advice();
      default -> tag.advice();
    };
  }

  private static String ofOther(KmsError error) {
    if (error.status() >= 300 && error.status() < 400) {
      return "a node follows no redirects: give the address that this one leads to, if you trust it";
    }
    return error.status() == 429 || error.status() >= 500
        ? "try again later; if it stays, " + NOT_A_KMS
        : NOT_A_KMS;
  }
}
