package network.calimero.tee.kms.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.Profile;

/** Reads all variables and the rules between them (kms-config.md), collecting every problem. */
final class ConfigReader {
  private static final String MEASURED_FILE = "/etc/mero-kms/kms.env";

  private final Environment environment;
  private final Optional<Profile> pinned;

  ConfigReader(Map<String, String> environment, Optional<Profile> pinned) {
    this.environment = new Environment(environment);
    this.pinned = pinned;
  }

  KmsConfig read() throws ConfigurationException {
    Optional<Profile> stated = statedProfile();
    boolean enforce = environment.get(Variables.ENFORCE_MEASUREMENT_POLICY);
    Profile profile = profile(stated, enforce);
    refuseMock();
    refuseUnmeasuredTrust();
    refuseWhatIsNotServed();
    PolicyState policy = policy(enforce, profile);
    warnOfWhatHasNoEffect();
    KmsConfig config =
        new KmsConfig(
            environment.get(Variables.LISTEN_ADDR),
            environment.get(Variables.DSTACK_SOCKET_PATH),
            Duration.ofSeconds(environment.get(Variables.CHALLENGE_TTL_SECS)),
            environment.get(Variables.MAX_CONSUMED_CHALLENGES),
            profile,
            pinned.isPresent(),
            environment.get(Variables.KEY_NAMESPACE_PREFIX),
            policy,
            sealingRequired(),
            environment.find(Variables.CORS_ALLOWED_ORIGINS).orElse(List.of()),
            environment.get(Variables.PCS_URLS),
            environment.get(Variables.RUST_LOG),
            environment.warnings());
    environment.requireNoProblems();
    return config;
  }

  /** What the variables say of the profile. Without a pin, blank means the default. */
  private Optional<Profile> statedProfile() {
    Optional<Profile> current = environment.find(overriding(Variables.MERO_KMS_PROFILE));
    Optional<Profile> older = environment.find(overriding(Variables.KMS_POLICY_PROFILE));
    if (current.isPresent() && older.isPresent() && !current.equals(older)) {
      environment.problem(
          "KMS_POLICY_PROFILE=%s and MERO_KMS_PROFILE=%s contradict each other; unset the first,"
                  .formatted(older.get(), current.get())
              + " which is deprecated");
    } else if (older.isPresent() && current.isEmpty()) {
      environment.warn("KMS_POLICY_PROFILE is deprecated; set MERO_KMS_PROFILE instead");
    }
    return current.or(() -> older);
  }

  private Variable<Profile> overriding(Variable<Profile> variable) {
    return pinned.isPresent() ? variable : variable.blankIsUnset();
  }

  private Profile profile(Optional<Profile> stated, boolean enforce) {
    if (pinned.isPresent() && stated.isPresent() && !stated.equals(pinned)) {
      environment.problem(
          "MERO_KMS_PROFILE=%s does not match profile-pinned image value %s; unset it, or use the"
                  .formatted(stated.get(), pinned.get())
              + " image of that profile");
    }
    Optional<Profile> explicit = pinned.or(() -> stated);
    if (enforce) {
      return explicit.orElse(Profile.LOCKED_READ_ONLY);
    }
    if (explicit.isPresent() && explicit.get() != Profile.DEBUG) {
      environment.problem(
          "ENFORCE_MEASUREMENT_POLICY=false gives out keys of profile debug only, and the profile"
              + " is set to %s; set MERO_KMS_PROFILE=debug, or enforce the policy"
                  .formatted(explicit.get()));
    }
    return Profile.DEBUG;
  }

  private void refuseMock() {
    if (environment.get(Variables.ACCEPT_MOCK_ATTESTATION)) {
      environment.problem(
          "ACCEPT_MOCK_ATTESTATION=true: this program has no code that accepts mock quotes; unset"
              + " it. For development run scripts/demo, which starts the KMS on a simulated"
              + " platform");
    }
  }

  /** The environment is the adversary's: on a pinned image it cannot weaken or define trust. */
  private void refuseUnmeasuredTrust() {
    if (pinned.isEmpty() || pinned.get() == Profile.DEBUG) {
      return;
    }
    Variables.all().forEach(this::refuseUnmeasuredTrust);
  }

  private <T> void refuseUnmeasuredTrust(Variable<T> variable) {
    if (!environment.isSafe(variable)) {
      environment.problem(
          "%s weakens or defines trust, and the image is pinned to profile %s: there it never counts"
                  .formatted(variable.name(), pinned.orElseThrow())
              + " from the environment, which nobody measures; unset it. (Its place is the measured"
              + " file "
              + MEASURED_FILE
              + ", which this version does not read yet.)");
    }
  }

  private void refuseWhatIsNotServed() {
    environment.get(Variables.MERO_KMS_BACKEND);
    environment.find(Variables.MERO_KMS_PEERS);
    environment.find(Variables.REDIS_URL);
    if (environment.get(Variables.MERO_KMS_BOOTSTRAP)) {
      environment.problem(
          "MERO_KMS_BOOTSTRAP=true belongs to the TDX cluster backend, which this version of the"
              + " KMS does not serve yet; unset it");
    }
  }

  private PolicyState policy(boolean enforce, Profile profile) {
    EnvironmentPolicy lists = EnvironmentPolicy.read(environment);
    boolean fromEnvironment = environment.get(Variables.USE_ENV_POLICY);
    if (!enforce) {
      environment.warn(
          "ENFORCE_MEASUREMENT_POLICY=false: measurements and TCB status are NOT checked; every"
              + " genuine trust domain gets a key of profile debug");
      return EnvironmentPolicy.unenforced();
    }
    if (!fromEnvironment) {
      return EnvironmentPolicy.notConfigured();
    }
    environment.warn(
        "the policy comes from the environment: whoever sets it decides who gets keys; its lists"
            + " are judged register by register, so registers of different images may mix");
    return lists.enforced(environment, profile).orElseGet(EnvironmentPolicy::notConfigured);
  }

  private boolean sealingRequired() {
    boolean required = environment.get(Variables.MERO_KMS_REQUIRE_SEALED_KEY_RELEASE);
    if (!required) {
      environment.warn(
          "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false: whoever terminates TLS in front of this"
              + " KMS sees the keys");
    }
    return required;
  }

  private void warnOfWhatHasNoEffect() {
    environment.get(Variables.MAX_PENDING_CHALLENGES);
    if (environment.isSet(Variables.MAX_PENDING_CHALLENGES.name())) {
      environment.warn(
          "MAX_PENDING_CHALLENGES has no effect: issuing a challenge holds nothing here");
    }
    for (String name : Variables.WITHOUT_EFFECT_YET) {
      if (environment.isSet(name)) {
        environment.warn(name + " has no effect yet: this version loads no policies from releases");
      }
    }
  }
}
