package network.calimero.tee.functions.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.functions.verify.Check.Name;
import network.calimero.tee.functions.verify.Check.Result;

/** The checks of one call so far, told in the order of their names. Of one thread. */
final class Checks {
  /** Without these nothing is said to have passed as a whole. */
  private static final Set<Name> NEEDED = Set.of(Name.FRESHNESS, Name.DCAP, Name.MEASUREMENTS);

  private final Map<Name, Check> checks = new EnumMap<>(Name.class);

  void add(Check check) {
    checks.put(check.name(), check);
  }

  List<Check> all() {
    return List.copyOf(checks.values());
  }

  Optional<Check> find(Name name) {
    return Optional.ofNullable(checks.get(name));
  }

  boolean hasPassed(Name name) {
    return find(name).filter(check -> check.result() == Result.PASSED).isPresent();
  }

  boolean anyFailed() {
    return checks.values().stream().anyMatch(check -> check.result() == Result.FAILED);
  }

  /** {@code failed}, {@code passed}, or {@code incomplete}: not failed, but too little is known. */
  String result() {
    if (anyFailed()) {
      return "failed";
    }
    return NEEDED.stream().allMatch(this::hasPassed) ? "passed" : "incomplete";
  }
}
