package network.calimero.tee.sigstore;

import java.util.Optional;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.x509.RawCertificate;

/**
 * Step 6: the certificate says that its holder is the expected signer (policy-and-releases.md,
 * "Signatures"). From the whole to the detail, so that the refusal names what matters most.
 */
final class ClaimsCheck {
  private final CertificateClaims claims;

  private ClaimsCheck(CertificateClaims claims) {
    this.claims = claims;
  }

  /** What the certificate says, if it is all that is expected. */
  static Claims require(PublishedSigner published, ExpectedSigner expected)
      throws SignatureRefusedException {
    return require(published.certified().signer().raw(), expected);
  }

  /** The same of a certificate that another verifier has proven. */
  static Claims require(RawCertificate proven, ExpectedSigner expected)
      throws SignatureRefusedException {
    return new ClaimsCheck(read(proven)).require(expected);
  }

  private static CertificateClaims read(RawCertificate certificate)
      throws SignatureRefusedException {
    try {
      return CertificateClaims.read(certificate);
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.CLAIMS_MALFORMED,
          "the certificate does not say clearly who its holder is",
          e.reason(),
          "");
    }
  }

  private Claims require(ExpectedSigner expected) throws SignatureRefusedException {
    String issuer = same(Code.OTHER_ISSUER, "issuer", claims.issuer(), expected.issuer());
    String repository =
        same(Code.OTHER_REPOSITORY, "repository", claims.repository(), expected.repository());
    if (expected.repositoryId().isPresent() && claims.repositoryId().isPresent()) {
      same(
          Code.OTHER_REPOSITORY_ID,
          "repository number",
          claims.repositoryId(),
          expected.repositoryId().get());
    }
    String workflow =
        same(Code.OTHER_WORKFLOW, "workflow", claims.workflowName(), expected.workflowName());
    String ref = same(Code.OTHER_REF, "ref", claims.ref(), expected.ref());
    String trigger = there("trigger", claims.trigger());
    if (expected.trigger().isPresent()) {
      same(Code.OTHER_TRIGGER, "trigger", claims.trigger(), expected.trigger().get());
    }
    String identity = same(Code.OTHER_IDENTITY, "identity", claims.identity(), expected.identity());
    String commit = there("commit", claims.commit());
    return new Claims(
        issuer, identity, trigger, workflow, repository, claims.repositoryId(), ref, commit);
  }

  private String same(Code code, String what, Optional<String> found, String expected)
      throws SignatureRefusedException {
    if (!found.equals(Optional.of(expected))) {
      throw new SignatureRefusedException(
          code, "signed by another " + what, found.orElse("none"), expected, claims.who());
    }
    return expected;
  }

  private String there(String what, Optional<String> found) throws SignatureRefusedException {
    if (found.isEmpty()) {
      throw new SignatureRefusedException(
          Code.CLAIMS_MALFORMED, "the certificate has no " + what, "", "", claims.who());
    }
    return found.get();
  }
}
