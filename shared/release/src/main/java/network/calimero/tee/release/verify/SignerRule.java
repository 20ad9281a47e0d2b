package network.calimero.tee.release.verify;

import java.util.Optional;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;

/**
 * By whom releases must be signed.
 *
 * @param workflows those of a repository
 * @param issuer another than that of GitHub's workflows, who told Fulcio who the signer is
 * @param pattern an expression that the identity must match, in place of everything else that is
 *     expected of a certificate but its issuer: weaker
 */
public record SignerRule(
    ReleaseSigners workflows, Optional<String> issuer, Optional<Pattern> pattern) {
  /** The workflows of the repository that releases come from, exactly. */
  public static final SignerRule OFFICIAL = exactly(ReleaseSigners.OFFICIAL);

  /** Those workflows, exactly. */
  public static SignerRule exactly(ReleaseSigners workflows) {
    return new SignerRule(workflows, Optional.empty(), Optional.empty());
  }

  /** Whether everything that can be compared is compared. */
  public boolean isExact() {
    return pattern.isEmpty();
  }

  /**
   * Who is expected to have signed with that certificate; empty if its identity does not match the
   * expression.
   *
   * @param certificate its DER
   * @throws SignatureRefusedException if it does not say clearly who its holder is
   */
  Optional<ExpectedSigner> expected(Family family, KmsAssets names, Bytes certificate)
      throws SignatureRefusedException {
    ExpectedSigner exact = workflow(family, names);
    if (pattern.isEmpty()) {
      return Optional.of(issuedBy(exact.issuer(), exact));
    }
    Claims claims = Claims.unproven(certificate);
    return Optional.of(claims.identity())
        .filter(identity -> pattern.get().matcher(identity).find())
        .map(identity -> issuedBy(exact.issuer(), claimed(claims)));
  }

  private ExpectedSigner workflow(Family family, KmsAssets names) {
    return switch (family) {
      case NODE -> workflows.nodeImages();
      case KMS -> names == KmsAssets.CLUSTER ? workflows.kmsInCluster() : workflows.kmsOnPhala();
    };
  }

  /** Whoever the certificate names: whether that is true is verified with the rest. */
  private static ExpectedSigner claimed(Claims claims) {
    return new ExpectedSigner(
        claims.issuer(),
        claims.identity(),
        Optional.of(claims.trigger()),
        claims.workflowName(),
        claims.repository(),
        claims.repositoryId(),
        claims.ref());
  }

  private ExpectedSigner issuedBy(String standard, ExpectedSigner signer) {
    return new ExpectedSigner(
        issuer.orElse(standard),
        signer.identity(),
        signer.trigger(),
        signer.workflowName(),
        signer.repository(),
        signer.repositoryId(),
        signer.ref());
  }
}
