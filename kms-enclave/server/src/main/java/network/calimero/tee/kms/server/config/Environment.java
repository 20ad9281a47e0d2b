package network.calimero.tee.kms.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads variables one by one and collects what is wrong with them. */
final class Environment {
  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Environment(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The value that is set; empty if none is, or if it is wrong, which is then a problem. */
  <T> Optional<T> find(Variable<T> variable) {
    String text = values.get(variable.name());
    if (text == null || (text.isBlank() && variable.blankIsDefault())) {
      return Optional.empty();
    }
    if (text.isBlank()) {
      problem(
          "%s is set but blank; unset it, or set it to what is accepted: %s"
              .formatted(variable.name(), variable.type()));
      return Optional.empty();
    }
    try {
      return Optional.of(variable.parser().parse(text));
    } catch (IllegalArgumentException e) {
      problem("%s %s; accepted: %s".formatted(variable.name(), e.getMessage(), variable.type()));
      return Optional.empty();
    }
  }

  /** The value that is set, or the default. */
  <T> T get(Variable<T> variable) {
    return find(variable).orElseGet(() -> defaultOf(variable));
  }

  private static <T> T defaultOf(Variable<T> variable) {
    return variable
        .defaultText()
        .map(variable.parser()::parse)
        .orElseThrow(() -> new IllegalStateException(variable.name() + " has no default"));
  }

  /** Whether what is set may come from an environment that nobody measures. */
  <T> boolean isSafe(Variable<T> variable) {
    Optional<T> value = new Environment(values).find(variable);
    return value.isEmpty() || variable.safe().isEmpty() || variable.safe().get().test(value.get());
  }

  boolean isSet(String name) {
    return values.containsKey(name);
  }

  void problem(String text) {
    problems.add(text);
  }

  void warn(String text) {
    warnings.add(text);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void requireNoProblems() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
