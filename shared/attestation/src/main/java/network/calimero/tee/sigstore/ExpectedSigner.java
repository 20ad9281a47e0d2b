package network.calimero.tee.sigstore;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By whom an artifact must be signed: a workflow of a repository (policy-and-releases.md,
 * "Signatures"). Everything is compared exactly.
 *
 * @param issuer who told Fulcio who the signer is, such as {@code
 *     https://token.actions.githubusercontent.com}
 * @param identity the URI in the certificate's subject alternative name
 * @param trigger what started the workflow, such as {@code push}; empty: whatever it was
 * @param workflowName the workflow's name, not that of its file
 * @param repository {@code owner/name}
 * @param repositoryId the repository's number, which a repository of the same name made later does
 *     not have; compared where the certificate carries one
 * @param ref such as {@code refs/heads/master}
 */
public record ExpectedSigner(
    String issuer,
    String identity,
    Optional<String> trigger,
    String workflowName,
    String repository,
    Optional<String> repositoryId,
    String ref) {

  private static final Pattern WORKFLOW =
      Pattern.compile(
          "https://github\\.com/([\\w.-]+/[\\w.-]+)/\\.github/workflows/[\\w.-]+@(refs(?:/[\\w.-]+){2,})");

  /** Nothing that is expected may be blank: that would be an expectation forgotten. */
  public ExpectedSigner {
    requireText("issuer", issuer);
    requireText("identity", identity);
    trigger.ifPresent(text -> requireText("trigger", text));
    requireText("workflow name", workflowName);
    requireText("repository", repository);
    repositoryId.ifPresent(text -> requireText("repository ID", text));
    requireText("ref", ref);
  }

  /**
   * A workflow of GitHub, of which the identity says repository and ref: {@code
   * https://github.com/OWNER/NAME/.github/workflows/FILE@REF}.
   *
   * @throws IllegalArgumentException if the identity is not of that form
   */
  public static ExpectedSigner ofGitHub(
      String issuer,
      String identity,
      Optional<String> trigger,
      String workflowName,
      Optional<String> repositoryId) {
    Matcher form = WORKFLOW.matcher(identity);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "is not of the form https://github.com/OWNER/NAME/.github/workflows/FILE@REF");
    }
    return new ExpectedSigner(
        issuer, identity, trigger, workflowName, form.group(1), repositoryId, form.group(2));
  }

  private static void requireText(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the expected " + what + " is blank");
    }
  }
}
