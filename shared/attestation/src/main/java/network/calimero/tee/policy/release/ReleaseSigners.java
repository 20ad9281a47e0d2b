package network.calimero.tee.policy.release;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.sigstore.ExpectedSigner;

/**
 * The workflows that sign releases, each by everything that a certificate says of it
 * (policy-and-releases.md, "Signatures" and "What verifying a release means").
 *
 * @param repository {@code owner/name}
 * @param repositoryId its number, where it is known: a repository of the same name made later has
 *     another
 */
public record ReleaseSigners(String repository, Optional<String> repositoryId) {
  /** Those of the repository that releases come from. */
  public static final ReleaseSigners OFFICIAL =
      new ReleaseSigners("calimero-network/mero-tee", Optional.of("1171521817"));

  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String REF = "refs/heads/master";
  private static final String KMS = "Release mero-kms";
  private static final Optional<String> PUSH = Optional.of("push");
  private static final String NODE = "Release mero-tee";

  /**
   * A workflow that releases key servers, of any repository and from any branch.
   *
   * @param identity such as {@code
   *     https://github.com/calimero-network/mero-tee/.github/workflows/release-kms.yaml@refs/heads/master}
   * @throws IllegalArgumentException if no workflow has such an identity
   */
  public static ExpectedSigner kms(String identity, String issuer) {
    ExpectedSigner signer = ExpectedSigner.ofGitHub(issuer, identity, PUSH, KMS, Optional.empty());
    return signer.repository().equals(OFFICIAL.repository)
        ? ExpectedSigner.ofGitHub(issuer, identity, PUSH, KMS, OFFICIAL.repositoryId)
        : signer;
  }

  /** Of key servers on Phala: releases until about 2.3.74, whose assets have {@code phala}. */
  public ExpectedSigner kmsOnPhala() {
    return workflow("release-kms-phala.yaml", KMS, PUSH);
  }

  /** Of key servers in a cluster of TDX VMs: releases since about 2.3.75. */
  public ExpectedSigner kmsInCluster() {
    return workflow("release-kms.yaml", KMS, PUSH);
  }

  /** Of key servers of any version, the newer ones first. */
  public List<ExpectedSigner> anyKms() {
    return List.of(kmsInCluster(), kmsOnPhala());
  }

  /** Of node images, however the workflow was started. */
  public ExpectedSigner nodeImages() {
    return workflow("release-node-image-gcp.yaml", NODE, Optional.empty());
  }

  private ExpectedSigner workflow(String file, String name, Optional<String> trigger) {
    String identity =
        "https://github.com/%s/.github/workflows/%s@%s".formatted(repository, file, REF);
    return new ExpectedSigner(ISSUER, identity, trigger, name, repository, repositoryId, REF);
  }
}
