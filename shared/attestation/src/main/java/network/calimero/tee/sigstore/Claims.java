package network.calimero.tee.sigstore;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

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
}
