package network.calimero.tee.kms.server.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Measurement;

/** The policy that the {@code ALLOWED_…} variables spell (kms-config.md, "Policy requirements"). */
record EnvironmentPolicy(Set<TcbStatus> statuses, Map<Register, Set<Measurement>> lists) {
  private static final String NOT_CONFIGURED =
      "this KMS has no policy, so it releases no key. Its operator sets USE_ENV_POLICY=true together"
          + " with ALLOWED_MRTD, ALLOWED_RTMR0, ALLOWED_RTMR1, ALLOWED_RTMR2 and ALLOWED_RTMR3 and"
          + " restarts it; this version does not load policies from releases yet";

  static EnvironmentPolicy read(Environment environment) {
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      lists.put(register, environment.find(Variables.allowed(register)).orElse(Set.of()));
    }
    return new EnvironmentPolicy(environment.get(Variables.ALLOWED_TCB_STATUSES), lists);
  }

  static PolicyState notConfigured() {
    return new PolicyState.NotReady(NOT_CONFIGURED);
  }

  static PolicyState unenforced() {
    return new PolicyState.Ready(
        new AppraisalPolicy.Unenforced(Role.NODE),
        "none: ENFORCE_MEASUREMENT_POLICY=false",
        Digests.ofLines("unenforced"));
  }

  /** Empty if a list is, which is then a problem. */
  Optional<PolicyState> enforced(Environment environment, Profile profile) {
    List<String> empty = new ArrayList<>();
    if (statuses.isEmpty()) {
      empty.add(Variables.ALLOWED_TCB_STATUSES.name());
    }
    for (Register register : Register.values()) {
      if (lists.getOrDefault(register, Set.of()).isEmpty()) {
        empty.add(Variables.allowed(register).name());
      }
    }
    if (!empty.isEmpty()) {
      environment.problem(
          "USE_ENV_POLICY=true needs at least one value in each list, and %s has none: nobody would"
                  .formatted(String.join(", ", empty))
              + " get a key; list the measurements of the nodes to serve");
      return Optional.empty();
    }
    return Optional.of(
        new PolicyState.Ready(
            new AppraisalPolicy.Enforced(
                profile, Role.NODE, statuses, new ReferenceValues.SeparateLists(lists)),
            "environment (USE_ENV_POLICY)",
            digest(profile)));
  }

  private String digest(Profile profile) {
    List<String> lines = new ArrayList<>();
    lines.add("profile=" + profile);
    lines.add("statuses=" + sorted(statuses.stream().map(TcbStatus::text).toList()));
    for (Register register : Register.values()) {
      Set<Measurement> values = lists.getOrDefault(register, Set.of());
      lines.add(register + "=" + sorted(values.stream().map(Measurement::hex).toList()));
    }
    return Digests.ofLines(lines.toArray(String[]::new));
  }

  private static String sorted(List<String> values) {
    return values.stream().sorted().collect(Collectors.joining(","));
  }
}
