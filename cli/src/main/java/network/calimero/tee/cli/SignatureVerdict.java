package network.calimero.tee.cli;

import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;

/** What came of verifying a signature. */
sealed interface SignatureVerdict {
  /** The exit code that says it. */
  int exit();

  /** The expected workflow signed. */
  record Signed(Signer signer) implements SignatureVerdict {
    @Override
    public int exit() {
      return Exits.OK;
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
