package network.calimero.tee.kms.policy;

import network.calimero.tee.bytes.Bytes;

/**
 * Who signed the policy of a release (policy-and-releases.md, "Signatures"). Asked before anything
 * in the document is used.
 */
@FunctionalInterface
public interface PolicySignature {

  /** What is said of a document whose signature this version cannot verify. */
  PolicySignature UNAVAILABLE =
      document ->
          new Verdict.NotVerified("this version of the KMS cannot verify policy signatures yet");

  /**
   * Verifies the signature of a document.
   *
   * @param document its exact bytes
   */
  Verdict verify(Bytes document);

  /** What came of it. */
  sealed interface Verdict {

    /**
     * It is signed by whom it must be signed by.
     *
     * @param signer the identity in the certificate
     * @param logIndex where the signature is in the transparency log
     */
    record Verified(String signer, long logIndex) implements Verdict {}

    /**
     * It is not, or nobody could tell.
     *
     * @param reason for people, on one line
     */
    record NotVerified(String reason) implements Verdict {}
  }
}
