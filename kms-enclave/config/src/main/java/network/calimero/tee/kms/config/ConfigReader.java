package network.calimero.tee.kms.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import network.calimero.tee.kms.config.Setting.Origin;
import network.calimero.tee.kms.config.SettingsReader.Found;
import network.calimero.tee.kms.release.KeyPrefixes;
import network.calimero.tee.policy.Profile;

/** Reads all settings and the rules between them (kms-config.md), collecting every problem. */
final class ConfigReader {
  private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]*://[^/?#A-Z]+");

  private final Map<String, String> environment;
  private final SettingsReader settings;
  private final Image image;

  ConfigReader(Map<String, String> environment, Image image) {
    this.environment = Map.copyOf(environment);
    this.settings = new SettingsReader(environment, image);
    this.image = image;
  }

  KmsConfig read() throws ConfigurationException {
    boolean enforce = settings.get(Variables.ENFORCE_MEASUREMENT_POLICY);
    Optional<Found<Profile>> stated = statedProfile();
    Profile profile = profile(stated, enforce);
    Setting profileSetting = profileSetting(profile, stated);
    Floors floors = floors();
    PolicySource policy = new PolicyReader(settings).read(enforce, profile, floors);
    Backend backend = backend();
    checkPrefixes();
    boolean servesAgents =
        policy instanceof PolicySource.Fixed(var fixed) && fixed.agents().isPresent();
    checkUnmeasuredPrefix(Variables.KEY_NAMESPACE_PREFIX, servesAgents);
    checkUnmeasuredPrefix(Variables.AGENT_KEY_NAMESPACE_PREFIX, servesAgents);
    refuseMock();
    refuseLaunchVariables();
    boolean sealingRequired = sealingRequired();
    warnOfWhatHasNoEffect();
    warnOfOriginsThatNobodySends();
    List<Setting> all =
        Variables.all().stream()
            .<Setting>map(settings::setting)
            .map(setting -> setting.name().equals(profileSetting.name()) ? profileSetting : setting)
            .toList();
    if (!settings.problems().isEmpty()) {
      throw new ConfigurationException(settings.problems(), all);
    }
    return new KmsConfig(
        settings.get(Variables.LISTEN_ADDR),
        backend,
        Duration.ofSeconds(settings.get(Variables.CHALLENGE_TTL_SECS)),
        settings.get(Variables.MAX_CONSUMED_CHALLENGES),
        profile,
        image.pinned().isPresent(),
        new KeyPrefixes(
            settings.get(Variables.KEY_NAMESPACE_PREFIX),
            settings.get(Variables.AGENT_KEY_NAMESPACE_PREFIX)),
        policy,
        floors,
        sealingRequired,
        settings.find(Variables.CORS_ALLOWED_ORIGINS).orElse(List.of()),
        settings.get(Variables.PCS_URLS),
        settings.get(Variables.RUST_LOG),
        settings.warnings(),
        all);
  }

  /** What the settings say of the profile. */
  private Optional<Found<Profile>> statedProfile() {
    Optional<Found<Profile>> current = settings.found(Variables.MERO_KMS_PROFILE);
    Optional<Found<Profile>> older = settings.found(Variables.KMS_POLICY_PROFILE);
    if (older.isPresent() && current.isEmpty()) {
      settings.warn("KMS_POLICY_PROFILE is deprecated; set MERO_KMS_PROFILE instead");
    } else if (older.isPresent() && !current.map(Found::value).equals(older.map(Found::value))) {
      settings.problem(
          "KMS_POLICY_PROFILE=%s and MERO_KMS_PROFILE=%s contradict each other; unset the first,"
                  .formatted(older.get().value(), current.orElseThrow().value())
              + " which is deprecated");
    }
    return current.or(() -> older);
  }

  private Profile profile(Optional<Found<Profile>> stated, boolean enforce) {
    Optional<Profile> said = stated.map(Found::value);
    Optional<Profile> pinned = image.pinned();
    if (pinned.isPresent() && said.isPresent() && !said.equals(pinned)) {
      String name =
          (settings.isSet(Variables.MERO_KMS_PROFILE)
                  ? Variables.MERO_KMS_PROFILE
                  : Variables.KMS_POLICY_PROFILE)
              .name();
      settings.problem(
          "%s=%s does not match profile-pinned image value %s; unset it, or use the"
                  .formatted(name, said.get(), pinned.get())
              + " image of that profile");
    }
    Optional<Profile> explicit = pinned.or(() -> said);
    if (enforce) {
      return explicit.orElse(Profile.LOCKED_READ_ONLY);
    }
    if (explicit.isPresent() && explicit.get() != Profile.DEBUG) {
      settings.problem(
          "ENFORCE_MEASUREMENT_POLICY=false gives out keys of profile debug only, and the profile"
              + " is set to %s; set MERO_KMS_PROFILE=debug, or enforce the policy"
                  .formatted(explicit.get()));
    }
    return Profile.DEBUG;
  }

  private Setting profileSetting(Profile profile, Optional<Found<Profile>> stated) {
    Origin origin =
        image.pinned().isPresent()
            ? Origin.IMAGE_PROFILE
            : stated.map(Found::origin).orElse(Origin.DEFAULT);
    return new Setting(
        Variables.MERO_KMS_PROFILE.name(),
        Optional.of(profile.text()),
        origin,
        Variables.MERO_KMS_PROFILE.meaning());
  }

  private Floors floors() {
    return new Floors(
        settings.findOrDefault(Variables.MIN_POLICY_VERSION),
        settings.get(Variables.MIN_TCB_EVALUATION_DATA_NUMBER),
        settings.get(Variables.MIN_QE_EVALUATION_DATA_NUMBER));
  }

  private Backend backend() {
    boolean bootstrap = settings.get(Variables.MERO_KMS_BOOTSTRAP);
    List<URI> peers = settings.find(Variables.MERO_KMS_PEERS).orElse(List.of());
    return switch (settings.get(Variables.MERO_KMS_BACKEND)) {
      case DSTACK -> dstack(bootstrap, peers);
      case TDX -> tdx(bootstrap, peers);
    };
  }

  private Backend dstack(boolean bootstrap, List<URI> peers) {
    String clusterOnly =
        " belongs to the cluster of TDX VMs, and the backend is dstack; unset it, or set"
            + " MERO_KMS_BACKEND=tdx";
    if (bootstrap) {
      settings.problem("MERO_KMS_BOOTSTRAP=true" + clusterOnly);
    }
    if (!peers.isEmpty()) {
      settings.problem("MERO_KMS_PEERS" + clusterOnly);
    }
    return new Backend.Dstack(
        settings.get(Variables.DSTACK_SOCKET_PATH), settings.find(Variables.REDIS_URL));
  }

  private Backend tdx(boolean bootstrap, List<URI> peers) {
    if (!settings.get(Variables.USE_ENV_POLICY)) {
      settings.problem(
          "MERO_KMS_BACKEND=tdx takes its policy from the settings: set USE_ENV_POLICY=true and the"
              + " ALLOWED_ lists");
    }
    if (!bootstrap && peers.isEmpty()) {
      settings.problem(
          "MERO_KMS_BACKEND=tdx needs to know where its root is from: set MERO_KMS_PEERS to replicas"
              + " that have it, or, for the first replica and once, MERO_KMS_BOOTSTRAP=true");
    }
    if (bootstrap) {
      settings.warn(
          "MERO_KMS_BOOTSTRAP=true generates a new root: once one exists, another gives every node"
              + " another key; unset it as soon as the first replica runs");
    }
    return new Backend.Tdx(bootstrap, peers, settings.get(Variables.MERO_KMS_JOIN_RETRY_SECS));
  }

  private void checkPrefixes() {
    String node = settings.get(Variables.KEY_NAMESPACE_PREFIX);
    if (node.equals(settings.get(Variables.AGENT_KEY_NAMESPACE_PREFIX))) {
      settings.problem(
          "AGENT_KEY_NAMESPACE_PREFIX and KEY_NAMESPACE_PREFIX are both %s: agents would have nodes'"
                  .formatted(node)
              + " keys; set another prefix for one of them");
    }
  }

  /**
   * Whoever could exchange the prefixes would give agents the keys of nodes; and in place of one
   * that is measured another would silently give every node another key.
   */
  private void checkUnmeasuredPrefix(Variable<String> prefix, boolean servesAgents) {
    Optional<Found<String>> found = settings.found(prefix);
    boolean measured = !image.settings().values().getOrDefault(prefix.name(), "").isBlank();
    if (image.isLocked()
        && (servesAgents || measured)
        && found.filter(f -> f.origin() == Origin.ENVIRONMENT).isPresent()
        && !settings.countsUnset(prefix, found.get().value())) {
      settings.problem(
          "%s keeps %s apart: on this image it counts only from the measured file %s; unset it"
              .formatted(
                  prefix.name(),
                  servesAgents
                      ? "the keys of nodes and agents"
                      : "the keys of one KMS from others'",
                  image.settings().path()));
    }
  }

  private void refuseMock() {
    if (settings.get(Variables.ACCEPT_MOCK_ATTESTATION)) {
      settings.problem(
          "ACCEPT_MOCK_ATTESTATION=true: this program has no code that accepts mock quotes; unset"
              + " it. For development run scripts/demo, which starts the KMS on a simulated"
              + " platform");
    }
  }

  private void refuseLaunchVariables() {
    if (!image.isLocked()) {
      return;
    }
    for (String name : LaunchVariables.foreign(environment, image)) {
      settings.problem(
          "%s has the Java VM or the system's loader do things before this program can look, such as"
                  .formatted(name)
              + " let a debugger in, and the image is pinned to profile %s: there nothing of the"
                  .formatted(image.pinned().orElseThrow())
              + " environment may; unset it, and let the image's start command clear it");
    }
  }

  private boolean sealingRequired() {
    boolean required = settings.get(Variables.MERO_KMS_REQUIRE_SEALED_KEY_RELEASE);
    if (!required) {
      settings.warn(
          "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false: whoever terminates TLS in front of this"
              + " KMS sees the keys");
    }
    return required;
  }

  /** Origins are compared as text. */
  private void warnOfOriginsThatNobodySends() {
    List<String> unsent =
        settings.find(Variables.CORS_ALLOWED_ORIGINS).orElse(List.of()).stream()
            .filter(origin -> !ORIGIN.matcher(origin).matches())
            .toList();
    if (!unsent.isEmpty()) {
      settings.warn(
          "CORS_ALLOWED_ORIGINS has %s%s, which no browser sends: an origin is scheme, host and port"
                  .formatted(
                      Parsers.brief(unsent.getFirst()),
                      unsent.size() == 1 ? "" : " and " + (unsent.size() - 1) + " more")
              + " in lower case, such as https://app.example, without a slash at its end");
    }
  }

  private void warnOfWhatHasNoEffect() {
    if (settings.isSet(Variables.MAX_PENDING_CHALLENGES)) {
      settings.warn("MAX_PENDING_CHALLENGES has no effect: issuing a challenge holds nothing here");
    }
    boolean cluster = settings.get(Variables.MERO_KMS_BACKEND) == BackendKind.TDX;
    List<Variable<?>> ofTheOther =
        cluster
            ? List.of(Variables.DSTACK_SOCKET_PATH, Variables.REDIS_URL)
            : List.of(Variables.MERO_KMS_JOIN_RETRY_SECS);
    for (Variable<?> variable : ofTheOther) {
      if (settings.isSet(variable)) {
        settings.warn(
            "%s has no effect with MERO_KMS_BACKEND=%s"
                .formatted(variable.name(), cluster ? "tdx" : "dstack"));
      }
    }
    if (!cluster
        && settings.isSet(Variables.REDIS_URL)
        && settings.isSet(Variables.MAX_CONSUMED_CHALLENGES)) {
      settings.warn(
          "MAX_CONSUMED_CHALLENGES has no effect with REDIS_URL: the shared store has its own bound");
    }
  }
}
