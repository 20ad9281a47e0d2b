package network.calimero.tee.cli;

import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;

/** What came of verifying a signature. */
sealed interface SignatureVerdict {
  /** The exit code that says it. */
  int exit();

  /** The expected workflow signed this policy. */
  record Signed(Signer signer, PolicyDocument policy) implements SignatureVerdict {
    @Override
    public int exit() {
      return Exits.OK;
    }
  }

  /** The expected workflow signed, but something else than a policy. */
  record NoPolicy(Signer signer, PolicyDocumentException why) implements SignatureVerdict {
    @Override
    public int exit() {
      return OwnCode.POLICY_MALFORMED.exit();
    }
  }

  /** Somebody else did, or nobody. */
  record Refused(SignatureRefusedException why) implements SignatureVerdict {
    @Override
    public int exit() {
      return Exits.REJECTED;
    }
  }
}
