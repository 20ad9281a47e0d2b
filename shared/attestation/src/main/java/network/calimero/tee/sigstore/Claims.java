package network.calimero.tee.sigstore;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/** What a signer's certificate says of its holder: a run of a workflow. */
public record Claims(
    String issuer,
    String identity,
    String trigger,
    String workflowName,
    String repository,
    Optional<String> repositoryId,
    String ref,
    String commit) {

  /**
   * For another verifier, which has proven the certificate (DER): its claims, if it is one for
   * signing code and they are all that is expected.
   *
   * @throws SignatureRefusedException if not, saying what it names
   */
  public static Claims require(Bytes provenCertificate, ExpectedSigner expected)
      throws SignatureRefusedException {
    return SignerCertificate.requireHolder(provenCertificate, expected);
  }

  /**
   * What a certificate says, to know what to expect. None of it is proven.
   *
   * @param certificate its DER
   * @throws SignatureRefusedException if it is none, or does not say all of it
   */
  public static Claims unproven(Bytes certificate) throws SignatureRefusedException {
    try {
      CertificateClaims claims = CertificateClaims.read(SignerCertificate.parse(certificate));
      return new Claims(
          required("issuer", claims.issuer()),
          required("identity", claims.identity()),
          required("trigger", claims.trigger()),
          required("workflow", claims.workflowName()),
          required("repository", claims.repository()),
          claims.repositoryId(),
          required("ref", claims.ref()),
          required("commit", claims.commit()));
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.CLAIMS_MALFORMED,
          "the certificate does not say clearly who its holder is",
          e.reason(),
          "");
    }
  }

  private static String required(String what, Optional<String> claim) throws MalformedException {
    return claim.orElseThrow(() -> new MalformedException("no " + what));
  }
}
