package network.calimero.tee.release.verify;

import java.util.Optional;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;

/**
 * By whom releases must be signed (policy-and-releases.md, "Signatures" and "What verifying a
 * release means"): the workflows of a repository, on its main branch.
 *
 * @param repository {@code owner/name}
 * @param issuer who told Fulcio who the signer is
 * @param pattern an expression that the identity must match instead; weaker, for then no other
 *     claim is compared
 */
public record ReleaseSigners(String repository, String issuer, Optional<Pattern> pattern) {
  /** The repository that releases come from. */
  public static final String REPOSITORY = "calimero-network/mero-tee";

  /** The issuer for workflows of GitHub. */
  public static final String ISSUER = "https://token.actions.githubusercontent.com";

  private static final String REPOSITORY_ID = "1171521817";
  private static final String REF = "refs/heads/master";
  private static final Pattern REPOSITORY_FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}");

  /** Only names that GitHub gives. */
  public ReleaseSigners {
    if (!isRepository(repository)) {
      throw new IllegalArgumentException("a repository is OWNER/NAME");
    }
  }

  /** The workflows of a repository, exactly. */
  public static ReleaseSigners of(String repository) {
    return new ReleaseSigners(repository, ISSUER, Optional.empty());
  }

  /** Whether a text names a repository. */
  public static boolean isRepository(String text) {
    return REPOSITORY_FORM.matcher(text).matches();
  }

  /** The workflow that signs a family, by how its release names its assets. */
  public ExpectedSigner exactly(Family family, KmsAssets names) {
    boolean node = family == Family.NODE;
    String kmsFile = names == KmsAssets.CLUSTER ? "release-kms.yaml" : "release-kms-phala.yaml";
    String file = node ? "release-node-image-gcp.yaml" : kmsFile;
    return new ExpectedSigner(
        issuer,
        "https://github.com/%s/.github/workflows/%s@%s".formatted(repository, file, REF),
        node ? Optional.empty() : Optional.of("push"),
        "Release " + family.title(),
        repository,
        repository.equals(REPOSITORY) ? Optional.of(REPOSITORY_ID) : Optional.empty(),
        REF);
  }

  /** The same of a generation. */
  public ExpectedSigner exactly(Family family, Generation generation) {
    return exactly(family, generation.kmsAssets());
  }

  /**
   * Who is expected to have signed with that certificate: by an expression, whoever it names, if
   * that matches.
   *
   * @param certificate its DER
   * @throws SignatureRefusedException if it does not say clearly who its holder is
   */
  Optional<ExpectedSigner> of(Family family, KmsAssets names, Bytes certificate)
      throws SignatureRefusedException {
    if (pattern.isEmpty()) {
      return Optional.of(exactly(family, names));
    }
    Claims claims = Claims.unproven(certificate);
    return Optional.of(claims)
        .filter(claimed -> pattern.get().matcher(claimed.identity()).find())
        .map(claimed ->
            new ExpectedSigner(
                issuer,
                claimed.identity(),
                Optional.empty(),
                claimed.workflowName(),
                claimed.repository(),
                Optional.empty(),
                claimed.ref()));
  }
}
