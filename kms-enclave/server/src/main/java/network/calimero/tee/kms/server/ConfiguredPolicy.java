package network.calimero.tee.kms.server;

import network.calimero.tee.kms.config.PolicySource;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;

/** From where the configuration says that the policy is, to the policy. */
final class ConfiguredPolicy {
  private static final String UNNAMED =
      "this KMS has no policy, so it releases no key: MERO_KMS_VERSION, the release whose policy it"
          + " loads, is not set. Its operator sets it and restarts the KMS, or sets"
          + " USE_ENV_POLICY=true together with ALLOWED_MRTD, ALLOWED_RTMR0, ALLOWED_RTMR1,"
          + " ALLOWED_RTMR2 and ALLOWED_RTMR3";
  private static final String NOT_LOADED =
      "this KMS has no policy, so it releases no key: this version of it loads no policies from"
          + " releases yet. Its operator sets USE_ENV_POLICY=true together with ALLOWED_MRTD,"
          + " ALLOWED_RTMR0, ALLOWED_RTMR1, ALLOWED_RTMR2 and ALLOWED_RTMR3 and restarts it";

  private ConfiguredPolicy() {}

  static CurrentPolicy of(PolicySource source) {
    PolicyState state =
        switch (source) {
          case PolicySource.Fixed(var policy) -> policy;
          case PolicySource.Unenforced(var policy) -> policy;
          case PolicySource.Release release ->
              new PolicyState.NotReady(release.version().isEmpty() ? UNNAMED : NOT_LOADED);
        };
    return () -> state;
  }
}
