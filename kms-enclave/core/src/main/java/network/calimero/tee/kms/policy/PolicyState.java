package network.calimero.tee.kms.policy;

import java.util.Optional;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Whether there is a policy to release keys under. */
public sealed interface PolicyState {

  /**
   * There is.
   *
   * @param source where it is from, a few words for people
   * @param digest SHA-256 over its content, lower-case hex
   * @param release what is known of the release that it is from, if it is from one
   */
  record Ready(AppraisalPolicy policy, String source, String digest, Optional<Release> release)
      implements PolicyState {

    /** One that is from no release. */
    public Ready(AppraisalPolicy policy, String source, String digest) {
      this(policy, source, digest, Optional.empty());
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
