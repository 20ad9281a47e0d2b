package network.calimero.tee.kms.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.config.Setting.Origin;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Which policy the settings spell or name (kms-config.md, "Policy requirements"). */
final class PolicyReader {
  private final SettingsReader settings;
  private final RegisterLists nodes;
  private final RegisterLists agents;
  private final Set<TcbStatus> statuses;

  PolicyReader(SettingsReader settings) {
    this.settings = settings;
    this.nodes = RegisterLists.read(settings, Variables::allowed);
    this.agents = RegisterLists.read(settings, Variables::agentAllowed);
    this.statuses = settings.get(Variables.ALLOWED_TCB_STATUSES);
  }

  /** The source; after a problem it is one that releases no key. */
  PolicySource read(boolean enforce, Profile profile, Floors floors) {
    checkAgents();
    if (!enforce) {
      settings.warn(
          "ENFORCE_MEASUREMENT_POLICY=false: measurements and TCB status are NOT checked; every"
              + " genuine trust domain gets a key of profile debug");
      return new PolicySource.Unenforced(
          new PolicyState.Ready(
              new AppraisalPolicy.Unenforced(Role.NODE),
              "none: ENFORCE_MEASUREMENT_POLICY=false",
              Digests.ofLines("unenforced")));
    }
    return settings.get(Variables.USE_ENV_POLICY)
        ? fixed(profile).<PolicySource>map(PolicySource.Fixed::new).orElseGet(this::release)
        : named(floors);
  }

  /** All five lists or none, and none that make one quote both a node and an agent. */
  private void checkAgents() {
    if (!agents.isEmpty() && !agents.isComplete()) {
      settings.problem(
          "%s: no value, while other AGENT_ALLOWED_ lists have some; set all five, or none to serve"
                  .formatted(names(agents, Variables::agentAllowed))
              + " no agent");
    }
    if (!agents.isEmpty() && agents.overlap(nodes)) {
      settings.problem(
          "AGENT_ALLOWED_MRTD and the other lists of agents share a value with those of nodes in"
              + " every register, so that one machine could be both; keep at least one register"
              + " apart");
    }
  }

  private Optional<PolicyState.Ready> fixed(Profile profile) {
    List<String> missing = new ArrayList<>();
    if (statuses.isEmpty()) {
      missing.add(Variables.ALLOWED_TCB_STATUSES.name());
    }
    if (!nodes.isComplete()) {
      missing.add(names(nodes, Variables::allowed));
    }
    if (!missing.isEmpty()) {
      settings.problem(
          "USE_ENV_POLICY=true needs at least one value in each list, and %s has none: nobody would"
                  .formatted(String.join(", ", missing))
              + " get a key; list the measurements of the nodes to serve");
      return Optional.empty();
    }
    if (!agents.isEmpty() && !agents.isComplete()) {
      return Optional.empty();
    }
    boolean measured =
        settings
            .found(Variables.USE_ENV_POLICY)
            .filter(found -> found.origin() == Origin.MEASURED_FILE)
            .isPresent();
    settings.warn(
        "the policy comes from the settings: whoever makes them decides who gets keys; its lists are"
            + " judged register by register, so registers of different images may mix");
    warnIfSet(
        "the policy comes from the settings (USE_ENV_POLICY=true)",
        Variables.MERO_KMS_VERSION,
        Variables.MERO_KMS_POLICY_SHA256);
    return Optional.of(
        new PolicyState.Ready(
            policy(profile, Role.NODE, nodes.references()),
            agents.isEmpty()
                ? Optional.empty()
                : Optional.of(policy(profile, Role.AGENT, agents.references())),
            measured ? "measured file (USE_ENV_POLICY)" : "environment (USE_ENV_POLICY)",
            digest(profile)));
  }

  private AppraisalPolicy policy(Profile profile, Role role, ReferenceValues references) {
    return new AppraisalPolicy.Enforced(profile, role, statuses, references);
  }

  private String digest(Profile profile) {
    String allowed =
        statuses.stream().map(TcbStatus::text).sorted().collect(Collectors.joining(","));
    return Digests.ofLines(
        Stream.of(
                List.of("profile=" + profile, "statuses=" + allowed),
                nodes.lines("node"),
                agents.lines("agent"))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private PolicySource named(Floors floors) {
    warnIfSet("the policy comes from a release (USE_ENV_POLICY=false)", lists());
    Optional<ReleaseVersion> version = settings.find(Variables.MERO_KMS_VERSION);
    if (version.isEmpty()) {
      settings.warn("MERO_KMS_VERSION is not set: there is no policy, so no key is released");
    }
    Optional<ReleaseVersion> floor = floors.policyVersion();
    if (version.isPresent() && floor.isPresent() && version.get().compareTo(floor.get()) < 0) {
      settings.problem(
          "MERO_KMS_VERSION=%s is older than MIN_POLICY_VERSION=%s, the oldest release whose policy"
                  .formatted(version.get(), floor.get())
              + " this image believes; name a release that is as new");
    }
    return release();
  }

  private PolicySource.Release release() {
    return new PolicySource.Release(
        settings.find(Variables.MERO_KMS_VERSION),
        settings.get(Variables.RELEASES_URL),
        settings.find(Variables.MERO_KMS_POLICY_SHA256),
        new PolicySource.Signers(
            settings.get(Variables.POLICY_IDENTITY),
            settings.get(Variables.POLICY_ISSUER),
            settings.find(Variables.SIGSTORE_TRUSTED_ROOT)));
  }

  private static Variable<?>[] lists() {
    Stream<Variable<?>> registers =
        Stream.of(Register.values())
            .flatMap(register ->
                Stream.of(Variables.allowed(register), Variables.agentAllowed(register)));
    return Stream.concat(Stream.of(Variables.ALLOWED_TCB_STATUSES), registers)
        .toArray(Variable<?>[]::new);
  }

  private void warnIfSet(String why, Variable<?>... variables) {
    for (Variable<?> variable : variables) {
      if (settings.isSet(variable)) {
        settings.warn("%s has no effect: %s".formatted(variable.name(), why));
      }
    }
  }

  private static String names(RegisterLists lists, Function<Register, ? extends Variable<?>> name) {
    return lists.empty().stream()
        .map(register -> name.apply(register).name())
        .collect(Collectors.joining(", "));
  }
}
