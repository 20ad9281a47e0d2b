package network.calimero.tee.release.policy;

import java.util.Optional;
import network.calimero.tee.policy.release.AllowedValues;

/**
 * What a document says beside its lists.
 *
 * @param role as it spells it
 * @param profile as it spells it
 * @param status of the registry: {@code approved}, {@code released} or another
 * @param policyId of the registry: {@code kms-phala/2.1.10}
 * @param commit what the release was built from
 * @param provider of the KMS: {@code mero-kms-phala} or {@code mero-kms}
 * @param run the workflow run that its values come from
 * @param binding what its nodes bind {@code /attest} to
 * @param unprefixed the lists without a role's prefix, if it has any
 * @param probed the lists of the probe that the policy was made from, if it repeats them
 * @param refusal why a KMS would not take it for the policy of its release; empty if it would, or
 *     it is for no KMS
 */
public record Claims(
    Optional<String> role,
    Optional<String> profile,
    Optional<String> status,
    Optional<String> policyId,
    Optional<String> commit,
    Optional<String> provider,
    Optional<String> run,
    Optional<DeclaredBinding> binding,
    Optional<AllowedValues> unprefixed,
    Optional<AllowedValues> probed,
    Optional<String> refusal) {

  /**
   * The default binding in both spellings.
   *
   * @param hex 64 digits if it is right
   * @param base64 the same bytes if it is right
   */
  public record DeclaredBinding(Optional<String> hex, Optional<String> base64) {}
}
