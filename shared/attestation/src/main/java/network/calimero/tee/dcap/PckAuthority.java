package network.calimero.tee.dcap;

/**
 * Intel's authority that issued a PCK certificate, proven to the root: a name and a key, whichever
 * of its certificates carried them. Equal by these two. Only an authenticated {@link PckChain} has
 * one.
 */
public final class PckAuthority {
  private final PckChain.Issuer issuer;
  private final Certificate certificate;

  PckAuthority(PckChain.Issuer issuer, Certificate certificate) {
    this.issuer = issuer;
    this.certificate = certificate;
  }

  /** Which of the two it is. */
  public PckChain.Issuer issuer() {
    return issuer;
  }

  Certificate certificate() {
    return certificate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PckAuthority that
        && issuer == that.issuer
        && certificate.subject().equals(that.certificate.subject())
        && certificate.key().point().equals(that.certificate.key().point());
  }

  @Override
  public int hashCode() {
    return 31 * issuer.hashCode() + certificate.key().point().hashCode();
  }
}
