package network.calimero.tee.kms.server.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.config.PolicySource;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.kms.policy.WorkflowSignature;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.sigstore.TrustedRoot;

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

  /**
   * The configuration's own, or that of the release it names. Contacts nobody yet.
   *
   * @param sigstore the root under which signatures of releases are believed, unless the image has
   *     one of its own; asked for when there is a signature
   * @throws ConfigurationException if the image's own cannot be read
   */
  public static PolicyFeed of(
      KmsConfig config, Supplier<TrustedRoot> sigstore, RandomGenerator random, EventLog log)
      throws ConfigurationException {
    return switch (config.policy()) {
      case PolicySource.Fixed(var policy) -> of(() -> policy);
      case PolicySource.Unenforced(var policy) -> of(() -> policy);
      case PolicySource.Release release ->
          of(load(config, release, signature(release.signers(), sigstore), random, log));
    };
  }

  private static PolicySignature signature(
      PolicySource.Signers signers, Supplier<TrustedRoot> sigstore) throws ConfigurationException {
    Supplier<TrustedRoot> root = sigstore;
    if (signers.trustedRoot().isPresent()) {
      TrustedRoot own = read(signers.trustedRoot().get());
      root = () -> own;
    }
    return new WorkflowSignature(root, signers.expected());
  }

  private static TrustedRoot read(Path file) throws ConfigurationException {
    try (InputStream in = Files.newInputStream(file)) {
      return TrustedRoot.parse(Bytes.of(in.readNBytes(TrustedRoot.MAX_SIZE + 1)));
    } catch (IOException e) {
      throw unusable(file, "cannot be read");
    } catch (MalformedException e) {
      throw unusable(file, "is no trusted root of Sigstore: " + e.reason());
    }
  }

  private static ConfigurationException unusable(Path file, String problem) {
    return new ConfigurationException(
        List.of(
            "SIGSTORE_TRUSTED_ROOT=%s %s; name a trusted_root.json, or unset it for the public one"
                .formatted(file, problem)));
  }

  private static PolicyFeed of(PolicyLoader loader) {
    return new PolicyFeed(loader.policy(), Optional.of(loader));
  }

  private static PolicyLoader load(
      KmsConfig config,
      PolicySource.Release release,
      PolicySignature signature,
      RandomGenerator random,
      EventLog log) {
    RequiredRelease required =
        new RequiredRelease(
            release.version(),
            config.profile(),
            release.sha256(),
            config.pinned() && config.profile() != Profile.DEBUG);
    return PolicyLoader.of(required, signature, release.releases(), random, log);
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
