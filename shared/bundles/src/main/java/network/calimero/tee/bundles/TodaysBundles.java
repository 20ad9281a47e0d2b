package network.calimero.tee.bundles;

import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.release.bundle.BundleVerifier;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.Signer;

/**
 * Verifies who signed an artifact by today's Sigstore bundles (versions 0.1 to 0.3), with
 * sigstore-java and the checks that it leaves out. Reads no clock and asks nobody.
 */
public final class TodaysBundles implements BundleVerifier {
  private final SigstoreTrustedRoot root;
  private final LibraryVerifier library;

  /**
   * Believes that root and nothing else.
   *
   * @param trustedRoot a {@code trusted_root.json}
   * @throws MalformedException if it is none
   */
  public TodaysBundles(Bytes trustedRoot) throws MalformedException {
    root = SigstoreRoots.parse(trustedRoot);
    library = new LibraryVerifier(root);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A statement that names the artifact, such as an attestation of how it was built, is no
   * signature of it: it may say that the artifact is bad.
   */
  @Override
  public Signer verify(ArtifactDigest artifact, Bytes json, ExpectedSigner expected)
      throws SignatureRefusedException {
    ProvenBundle proven = prove(artifact, json);
    if (proven.statement()) {
      throw new SignatureRefusedException(
          Code.STATEMENT_NOT_SIGNATURE,
          "the bundle is of a statement about the file",
          "a statement",
          "a signature of the file itself");
    }
    Bytes certificate = encoded(proven.certificate());
    Claims claims = Claims.require(certificate, expected);
    return Signer.proven(
        claims,
        proven.logIndex(),
        proven.signedAt().truncatedTo(ChronoUnit.SECONDS),
        SignedBy.Form.TODAYS_BUNDLE,
        new DetachedSignature(proven.signature(), certificate));
  }

  /** Everything but the identity. */
  ProvenBundle prove(ArtifactDigest artifact, Bytes json) throws SignatureRefusedException {
    TodaysBundle bundle = TodaysBundle.parse(json);
    library.verify(artifact, bundle);
    StricterChecks stricter = new StricterChecks(root, bundle);
    stricter.require();
    return new ProvenBundle(
        bundle.signature(),
        bundle.certificate(),
        stricter.signedAt(),
        bundle.vouchedLogIndex(),
        bundle.isStatement());
  }

  private static Bytes encoded(X509Certificate certificate) throws SignatureRefusedException {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new SignatureRefusedException(
          Code.CERTIFICATE_MALFORMED, "the signer's certificate cannot be read", "", "");
    }
  }
}
