package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;

/**
 * A run of a GitHub workflow, as its token describes it to the certificate authority.
 *
 * @param repository owner and name
 * @param repositoryId its number, which a namesake does not have
 * @param file the workflow's file name, part of the certificate's identity
 * @param name the workflow's name
 * @param trigger what started it, such as {@code push}
 * @param commit 40 hex digits
 */
public record WorkflowIdentity(
    String issuer,
    String repository,
    String repositoryId,
    String file,
    String name,
    String ref,
    String trigger,
    String commit) {
  private static final String GITHUB = "https://github.com/";

  /** A workflow of the repository that releases come from, started by a push to its main branch. */
  public static WorkflowIdentity of(String file, String name) {
    return new WorkflowIdentity(
        "https://token.actions.githubusercontent.com",
        "calimero-network/mero-tee",
        "1171521817",
        file,
        name,
        "refs/heads/master",
        "push",
        Bytes.hex(Hash.sha1("a simulated commit".getBytes(UTF_8))));
  }

  /** The workflow that releases a key server: generations A and B, and the cluster's. */
  public static WorkflowIdentity kms(boolean cluster) {
    return of(cluster ? "release-kms.yaml" : "release-kms-phala.yaml", "Release mero-kms");
  }

  /** The workflow that releases node images. */
  public static WorkflowIdentity node() {
    return of("release-node-image-gcp.yaml", "Release mero-tee");
  }

  /** The same from another provider of tokens. */
  public WorkflowIdentity withIssuer(String other) {
    return new WorkflowIdentity(other, repository, repositoryId, file, name, ref, trigger, commit);
  }

  /** The same in another repository. */
  public WorkflowIdentity withRepository(String other, String otherId) {
    return new WorkflowIdentity(issuer, other, otherId, file, name, ref, trigger, commit);
  }

  /** Another workflow of the same repository. */
  public WorkflowIdentity withWorkflow(String otherFile, String otherName) {
    return new WorkflowIdentity(
        issuer, repository, repositoryId, otherFile, otherName, ref, trigger, commit);
  }

  /** The same on another branch or tag. */
  public WorkflowIdentity withRef(String other) {
    return new WorkflowIdentity(
        issuer, repository, repositoryId, file, name, other, trigger, commit);
  }

  /** The same, started by something else. */
  public WorkflowIdentity withTrigger(String other) {
    return new WorkflowIdentity(issuer, repository, repositoryId, file, name, ref, other, commit);
  }

  /** The same of another commit. */
  public WorkflowIdentity withCommit(String other) {
    return new WorkflowIdentity(issuer, repository, repositoryId, file, name, ref, trigger, other);
  }

  /** The certificate's subject alternative name. */
  public String uri() {
    return repositoryUrl() + "/.github/workflows/" + file + "@" + ref;
  }

  private String repositoryUrl() {
    return GITHUB + repository;
  }

  /** The claims .1 to .6 of the arc 1.3.6.1.4.1.57264.1, whose values are bare text. */
  Map<Integer, String> bareClaims() {
    Map<Integer, String> claims = new LinkedHashMap<>();
    claims.put(1, issuer);
    claims.put(2, trigger);
    claims.put(3, commit);
    claims.put(4, name);
    claims.put(5, repository);
    claims.put(6, ref);
    return claims;
  }

  /** The claims from .8 on, whose values are UTF8Strings in DER. */
  Map<Integer, String> derClaims() {
    Map<Integer, String> claims = new LinkedHashMap<>();
    claims.put(8, issuer);
    claims.put(9, uri());
    claims.put(10, commit);
    claims.put(11, "github-hosted");
    claims.put(12, repositoryUrl());
    claims.put(13, commit);
    claims.put(14, ref);
    claims.put(15, repositoryId);
    claims.put(16, GITHUB + repository.split("/", 2)[0]);
    claims.put(17, "103338832");
    claims.put(18, uri());
    claims.put(19, commit);
    claims.put(20, trigger);
    claims.put(21, repositoryUrl() + "/actions/runs/36245885595/attempts/1");
    claims.put(22, "public");
    return claims;
  }
}
