package network.calimero.tee.kms.server.policy;

import java.util.Optional;
import java.util.random.RandomGenerator;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.config.PolicySource;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.policy.Profile;

/** The policy that the configuration asks for, and what goes on until it is there. */
public final class PolicyFeed implements AutoCloseable {
  private final CurrentPolicy policy;
  private final Optional<PolicyLoader> loader;

  private PolicyFeed(CurrentPolicy policy, Optional<PolicyLoader> loader) {
    this.policy = policy;
    this.loader = loader;
  }

  /** A policy that needs nothing to go on. */
  public static PolicyFeed of(CurrentPolicy policy) {
    return new PolicyFeed(policy, Optional.empty());
  }

  /** The configuration's own, or that of the release it names. Contacts nobody yet. */
  public static PolicyFeed of(KmsConfig config, RandomGenerator random, EventLog log) {
    return switch (config.policy()) {
      case PolicySource.Fixed(var policy) -> of(() -> policy);
      case PolicySource.Unenforced(var policy) -> of(() -> policy);
      case PolicySource.Release release -> of(load(config, release, random, log));
    };
  }

  private static PolicyFeed of(PolicyLoader loader) {
    return new PolicyFeed(loader.policy(), Optional.of(loader));
  }

  private static PolicyLoader load(
      KmsConfig config, PolicySource.Release release, RandomGenerator random, EventLog log) {
    RequiredRelease required =
        new RequiredRelease(
            release.version(),
            config.floors().policyVersion(),
            config.profile(),
            release.sha256(),
            config.pinned() && config.profile() != Profile.DEBUG);
    return PolicyLoader.of(required, PolicySignature.UNAVAILABLE, release.releases(), random, log);
  }

  /** As it is now; asked anew for every request. */
  public CurrentPolicy policy() {
    return policy;
  }

  /** Begins to load it, if it has to be loaded. */
  public void begin() {
    loader.ifPresent(PolicyLoader::start);
  }

  @Override
  public void close() {
    loader.ifPresent(PolicyLoader::close);
  }
}
