package network.calimero.tee.kms.policy;

import network.calimero.tee.policy.AppraisalPolicy;

/** Whether there is a policy to release keys under. */
public sealed interface PolicyState {

  /**
   * There is.
   *
   * @param source where it is from, a few words for people
   * @param digest SHA-256 over its content, lower-case hex
   */
  record Ready(AppraisalPolicy policy, String source, String digest) implements PolicyState {}

  /**
   * There is none, so no key is released.
   *
   * @param reason why, and what to do; shown to whoever asks
   */
  record NotReady(String reason) implements PolicyState {}
}
