package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;

/** Verifies who signed an artifact. Safe for use by several threads. */
public final class SignatureVerifier {
  private final TrustedRoot root;

  /** Believes that root and nothing else. */
  public SignatureVerifier(TrustedRoot root) {
    this.root = root;
  }

  /**
   * Verifies all there is, in a fixed order, at the time at which the log took the signature in: it
   * does not matter when it is called.
   *
   * @param artifact its exact bytes
   * @throws SignatureRefusedException at the first check that fails
   */
  public Signer verify(Bytes artifact, SignedBy signedBy, ExpectedSigner expected)
      throws SignatureRefusedException {
    String who = expected.identity();
    throw new SignatureRefusedException(
        SignatureRefusedException.Code.LOG_UNKNOWN,
        "no log is known yet to " + root.hashCode(),
        signedBy.entry().logId() + " of " + artifact.length(),
        who);
  }
}
