package network.calimero.tee.kms.policy;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Whether there is a policy to release keys under. */
public sealed interface PolicyState {

  /**
   * There is.
   *
   * @param policy for nodes
   * @param agents for agents, of the same profile; empty: no agent is served (kms-config.md, {@code
   *     AGENT_ALLOWED_…})
   * @param source where it is from, a few words for people
   * @param digest SHA-256 over its content, lower-case hex
   * @param release what is known of the release that it is from, if it is from one
   */
  record Ready(
      AppraisalPolicy policy,
      Optional<AppraisalPolicy> agents,
      String source,
      String digest,
      Optional<Release> release)
      implements PolicyState {

    /** Refuses a policy in a place that is not its role's: a role decides which key there is. */
    public Ready {
      if (policy.role() != Role.NODE) {
        throw new IllegalArgumentException("nodes judged by a policy for a " + policy.role());
      }
      agents.ifPresent(other -> requireCompanion(policy, other));
    }

    /** One that is from no release. */
    public Ready(
        AppraisalPolicy policy, Optional<AppraisalPolicy> agents, String source, String digest) {
      this(policy, agents, source, digest, Optional.empty());
    }

    /** One that is from no release, and serves nodes only. */
    public Ready(AppraisalPolicy policy, String source, String digest) {
      this(policy, Optional.empty(), source, digest);
    }

    /** When it was signed, by the transparency log's word; empty if no signature was verified. */
    public Optional<Instant> signedAt() {
      return release.flatMap(Release::signer).map(PolicySignature.Verdict.Verified::loggedAt);
    }

    private static void requireCompanion(AppraisalPolicy nodes, AppraisalPolicy agents) {
      if (agents.role() != Role.AGENT) {
        throw new IllegalArgumentException("agents judged by a policy for a " + agents.role());
      }
      if (agents.profile() != nodes.profile()) {
        throw new IllegalArgumentException("nodes and agents of different profiles");
      }
    }
  }

  /**
   * There is none, so no key is released.
   *
   * @param reason why, and what to do; shown to whoever asks
   */
  record NotReady(String reason) implements PolicyState {}

  /**
   * The release that a policy is from.
   *
   * @param file the name of its file there
   * @param signer who signed that file, if its signature was verified
   */
  record Release(
      ReleaseVersion version, String file, Optional<PolicySignature.Verdict.Verified> signer) {}
}
