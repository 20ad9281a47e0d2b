package network.calimero.tee.kms.policy;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;

/**
 * Who signed the policy of a release (policy-and-releases.md, "Signatures"). Asked before anything
 * in the document is used.
 */
@FunctionalInterface
public interface PolicySignature {

  /**
   * Verifies the signature of a document.
   *
   * @param document its exact bytes
   * @param files what lies beside it
   */
  Verdict verify(Bytes document, SignatureFiles files);

  /** What came of it. */
  sealed interface Verdict {

    /**
     * It is signed by whom it must be signed by.
     *
     * @param signer the identity in the certificate
     * @param logIndex where the signature is in the transparency log
     * @param loggedAt when the log took it in, by the log's signed word
     */
    record Verified(String signer, long logIndex, Instant loggedAt) implements Verdict {}

    /** Nothing lies beside it that could be a signature. */
    record Unsigned() implements Verdict {}

    /**
     * It is signed by somebody else, or wrongly, or incompletely.
     *
     * @param reason for people, on one line
     */
    record Refused(String reason) implements Verdict {}
  }
}
