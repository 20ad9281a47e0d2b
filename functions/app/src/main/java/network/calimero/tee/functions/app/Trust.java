package network.calimero.tee.functions.app;

import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.sigstore.TrustedRoot;

/** Whom the functions believe. Chosen by code alone: no setting can put a simulated root here. */
public sealed interface Trust {
  /** Intel, and Sigstore's public infrastructure. */
  Trust PRODUCTION = new Production();

  /** The root under which platforms must be certified. */
  TrustAnchor platforms();

  /** The root under which releases must be signed. */
  TrustedRoot releases();

  /** Whether the roots are other ones than the real ones; every answer must then say so. */
  boolean isSimulated();

  /** The real ones. */
  record Production() implements Trust {
    @Override
    public TrustAnchor platforms() {
      return TrustAnchor.intel();
    }

    @Override
    public TrustedRoot releases() {
      return TrustedRoot.publicGood();
    }

    @Override
    public boolean isSimulated() {
      return false;
    }
  }

  /** Other ones, for demonstrations and tests. */
  record Simulated(TrustAnchor platforms, TrustedRoot releases) implements Trust {
    @Override
    public boolean isSimulated() {
      return true;
    }
  }
}
