package network.calimero.tee.kms.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;

/** The lists of one role, of which each may still be empty. */
record RegisterLists(Map<Register, Set<Measurement>> lists) {

  static RegisterLists read(
      SettingsReader settings, Function<Register, Variable<Set<Measurement>>> variable) {
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      lists.put(register, settings.find(variable.apply(register)).orElse(Set.of()));
    }
    return new RegisterLists(lists);
  }

  Set<Measurement> of(Register register) {
    return lists.getOrDefault(register, Set.of());
  }

  List<Register> empty() {
    return Arrays.stream(Register.values()).filter(register -> of(register).isEmpty()).toList();
  }

  boolean isComplete() {
    return empty().isEmpty();
  }

  boolean isEmpty() {
    return empty().size() == Register.values().length;
  }

  /** Whether one quote could pass both. */
  boolean overlap(RegisterLists other) {
    return Arrays.stream(Register.values())
        .noneMatch(register -> Collections.disjoint(of(register), other.of(register)));
  }

  /** For a policy; only of complete lists. */
  ReferenceValues references() {
    return new ReferenceValues.SeparateLists(lists);
  }

  /** The same lines for the same values, in whatever order and spelling they were written. */
  List<String> lines(String role) {
    List<String> lines = new ArrayList<>();
    for (Register register : Register.values()) {
      String values =
          of(register).stream().map(Measurement::hex).sorted().collect(Collectors.joining(","));
      lines.add(role + "." + register + "=" + values);
    }
    return lines;
  }
}
