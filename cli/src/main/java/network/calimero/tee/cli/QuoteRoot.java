package network.calimero.tee.cli;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.quote.Quote;

/**
 * The root that a quote's own certificates end in, for telling the user which one it is: believed
 * or not, no signature is checked here.
 *
 * @param sha256 of its DER, lower-case hex
 */
record QuoteRoot(String sha256) {
  private static final List<FailureCode> OF_ANOTHER_ROOT =
      List.of(
          FailureCode.ROOT_UNTRUSTED,
          FailureCode.ROOT_CRL_WRONG_ISSUER,
          FailureCode.ROOT_CRL_SIGNATURE_INVALID);

  static Optional<QuoteRoot> of(Quote quote) {
    return PckFacts.certificates(quote).stream()
        .filter(c -> c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
        .findFirst()
        .flatMap(QuoteRoot::of);
  }

  private static Optional<QuoteRoot> of(X509Certificate root) {
    try {
      return Optional.of(new QuoteRoot(HexFormat.of().formatHex(Sha256.of(root.getEncoded()))));
    } catch (CertificateEncodingException _) {
      return Optional.empty();
    }
  }

  /** The failure, and where it is that of a root which is not believed, which one and what then. */
  static Failure explain(VerificationException e, Quote quote, TrustAnchor anchor) {
    Failure failure = Failure.of(e);
    Optional<QuoteRoot> other = of(quote).filter(root -> !root.sha256.equals(anchor.fingerprint()));
    if (other.isEmpty() || !OF_ANOTHER_ROOT.contains(e.code())) {
      return failure;
    }
    String sha256 = other.get().sha256;
    return failure.withAdvice(
        "the quote's certificates end in the root of SHA-256 %s, which is not %s. %s"
            .formatted(sha256, anchor.isIntel() ? "Intel's" : "the one of --root", choice(anchor)));
  }

  private static String choice(TrustAnchor anchor) {
    return anchor.isIntel()
        ? "If you mean to believe that one (that of a simulated platform, say), give its certificate"
            + " with --root FILE; else do not trust this quote"
        : "Give the certificate of that one with --root FILE if you mean to believe it, or leave"
            + " --root out for quotes of Intel's platforms; else do not trust this quote";
  }
}
