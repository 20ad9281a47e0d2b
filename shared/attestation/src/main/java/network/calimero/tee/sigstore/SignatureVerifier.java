package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * Verifies who signed an artifact (policy-and-releases.md, "Signatures"). Safe for use by several
 * threads.
 */
public final class SignatureVerifier {
  private final TrustedRoot root;

  /** Believes that root and nothing else. */
  public SignatureVerifier(TrustedRoot root) {
    this.root = root;
  }

  /**
   * Verifies all there is, in a fixed order, as of the time at which the log took the signature in:
   * when it is called does not matter.
   *
   * @param artifact its exact bytes
   * @throws SignatureRefusedException at the first check that fails
   */
  public Signer verify(Bytes artifact, SignedBy signedBy, ExpectedSigner expected)
      throws SignatureRefusedException {
    return verify(ArtifactDigest.of(artifact), signedBy, expected);
  }

  /**
   * The same of an artifact too large to hold; not for keys of P-384, which sign another digest.
   *
   * @throws SignatureRefusedException at the first check that fails
   */
  public Signer verify(ArtifactDigest artifact, SignedBy signedBy, ExpectedSigner expected)
      throws SignatureRefusedException {
    LogPromise promise = LogPromise.verify(signedBy.entry(), root);
    RecordedSignature recorded = RecordedSignature.compare(promise, artifact, signedBy);
    SignerCertificate certificate = SignerCertificate.read(recorded);
    CertifiedSigner certified = CertifiedSigner.certify(certificate, root);
    PublishedSigner published = PublishedSigner.find(certified, root);
    Claims claims = ClaimsCheck.require(published, expected);
    requireSigned(certificate);
    return Signer.proven(
        claims,
        promise.entry().logIndex(),
        promise.time(),
        signedBy.form(),
        new DetachedSignature(signedBy.signature(), signedBy.certificate()));
  }

  /** Step 7: the key of the certificate signed the artifact. */
  private static void requireSigned(SignerCertificate certificate)
      throws SignatureRefusedException {
    RecordedSignature recorded = certificate.recorded();
    if (!certificate.key().verifies(recorded.artifact(), recorded.signedBy().signature())) {
      throw new SignatureRefusedException(
          Code.SIGNATURE_WRONG, "the signature over the file is wrong", "", "");
    }
  }
}
