package network.calimero.tee.kms.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.kms.config.Setting.Origin;
import network.calimero.tee.kms.config.Variable.Trust;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings one by one from the measured file and the environment, and collects what is wrong
 * with them. Which of the two counts, kms-config.md says in "What the environment can never do".
 */
final class SettingsReader {
  private static final String REFUSED = "(refused)";

  private final Map<String, String> environment;
  private final Image image;
  private final Notes notes = new Notes();

  /** What was found on the way. */
  private static final class Notes {
    final List<String> problems = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> trusted = new ArrayList<>();
  }

  /**
   * A value that is set.
   *
   * @param text as it is written
   */
  record Found<T>(T value, String text, Origin origin) {}

  SettingsReader(Map<String, String> environment, Image image) {
    this.environment = Map.copyOf(environment);
    this.image = image;
    Variables.all().forEach(variable -> resolve(variable, notes));
    warnOfUnknown();
    if (!notes.trusted.isEmpty()) {
      warn(
          "the environment, which nobody measures, weakens or defines trust here: %s. On an image"
                  .formatted(String.join(", ", notes.trusted))
              + " pinned to another profile than debug that would stop the start");
    }
  }

  /** The value that is set; empty if none is, or if it is wrong, which is then a problem. */
  <T> Optional<T> find(Variable<T> variable) {
    return found(variable).map(Found::value);
  }

  /** The same with where it is from. */
  <T> Optional<Found<T>> found(Variable<T> variable) {
    // What there is to say was said when all were read.
    return resolve(variable, new Notes());
  }

  /** The value that is set, or the default. */
  <T> T get(Variable<T> variable) {
    return findOrDefault(variable)
        .orElseThrow(() -> new IllegalStateException(variable.name() + " has no default"));
  }

  /** The value that is set, or the default if there is one on this image. */
  <T> Optional<T> findOrDefault(Variable<T> variable) {
    return find(variable).or(() -> defaultOf(variable));
  }

  private <T> Optional<T> defaultOf(Variable<T> variable) {
    return variable.defaultText(image.isLocked()).map(variable.parser()::parse);
  }

  /** Whether that is what counts if nothing is set. */
  private <T> boolean isDefault(Variable<T> variable, T value) {
    return defaultOf(variable).filter(value::equals).isPresent();
  }

  /** Whether that is what counts if the environment does not set it. */
  <T> boolean countsUnset(Variable<T> variable, T value) {
    return parse(variable, Origin.MEASURED_FILE, new Notes())
        .map(Found::value)
        .or(() -> defaultOf(variable))
        .filter(value::equals)
        .isPresent();
  }

  boolean isSet(Variable<?> variable) {
    return found(variable).isPresent();
  }

  private <T> Optional<Found<T>> resolve(Variable<T> variable, Notes said) {
    Optional<Found<T>> file = parse(variable, Origin.MEASURED_FILE, said);
    Optional<Found<T>> given = parse(variable, Origin.ENVIRONMENT, said);
    if (given.isEmpty()) {
      return file;
    }
    boolean same = file.filter(found -> found.value().equals(given.get().value())).isPresent();
    if (same || isHarmless(variable, given.get().value())) {
      return same || isOverruled(variable, file, said) ? file : given;
    }
    if (image.isLocked()) {
      said.problems.add(unmeasured(variable));
      return file;
    }
    said.trusted.add(variable.name());
    return given;
  }

  private <T> boolean isHarmless(Variable<T> variable, T value) {
    return switch (variable.trust()) {
      case Trust.Harmless<T>() -> true;
      case Trust.Measured<T>(var safe) -> safe.test(value);
      case Trust.MeasuredOnly<T>() -> isDefault(variable, value);
    };
  }

  /** A safe value of the environment does not undo what the image says. */
  private <T> boolean isOverruled(Variable<T> variable, Optional<Found<T>> file, Notes said) {
    boolean overruled =
        image.isLocked() && file.isPresent() && !(variable.trust() instanceof Trust.Harmless<T>);
    if (overruled) {
      said.warnings.add(
          "%s of the environment is set aside: on this image that of %s counts"
              .formatted(variable.name(), image.settings().path()));
    }
    return overruled;
  }

  private String unmeasured(Variable<?> variable) {
    return "%s weakens or defines trust, and the image is pinned to profile %s: there it counts only"
            .formatted(variable.name(), image.pinned().map(Object::toString).orElse("none"))
        + " from the measured file %s, not from the environment, which nobody measures; unset it"
            .formatted(image.settings().path());
  }

  private <T> Optional<Found<T>> parse(Variable<T> variable, Origin origin, Notes said) {
    String text = text(variable, origin);
    if (text == null || (text.isBlank() && blankIsUnset(variable))) {
      return Optional.empty();
    }
    String name =
        origin == Origin.ENVIRONMENT
            ? variable.name()
            : variable.name() + " in " + image.settings().path();
    if (text.isBlank()) {
      said.problems.add(
          "%s is set but blank; unset it, or set it to what is accepted: %s"
              .formatted(name, variable.type()));
      return Optional.empty();
    }
    try {
      return Optional.of(new Found<>(variable.parser().parse(text), text, origin));
    } catch (IllegalArgumentException e) {
      said.problems.add("%s %s; accepted: %s".formatted(name, e.getMessage(), variable.type()));
      return Optional.empty();
    }
  }

  private @Nullable String text(Variable<?> variable, Origin origin) {
    return origin == Origin.ENVIRONMENT
        ? environment.get(variable.name())
        : image.settings().values().get(variable.name());
  }

  private boolean blankIsUnset(Variable<?> variable) {
    return switch (variable.blank()) {
      case PROBLEM -> false;
      case UNSET -> true;
      case UNSET_UNLESS_PINNED -> image.pinned().isEmpty();
    };
  }

  /** How a setting counts, for people. */
  <T> Setting setting(Variable<T> variable) {
    Notes said = new Notes();
    Optional<Found<T>> found = resolve(variable, said);
    if (found.isEmpty() && !said.problems.isEmpty()) {
      Origin origin =
          environment.containsKey(variable.name()) ? Origin.ENVIRONMENT : Origin.MEASURED_FILE;
      return new Setting(variable.name(), Optional.of(REFUSED), origin, variable.meaning());
    }
    Optional<String> value =
        found
            .map(known -> variable.shown(known.value(), known.text()))
            .or(() -> variable.defaultText(image.isLocked()));
    Origin origin = found.map(Found::origin).orElse(Origin.DEFAULT);
    return new Setting(variable.name(), value, origin, variable.meaning());
  }

  /** A name that nobody reads is most likely a mistake, in a file that is made for this program. */
  private void warnOfUnknown() {
    Set<String> known =
        Variables.all().stream().map(Variable::name).collect(Collectors.toUnmodifiableSet());
    image.settings().values().keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> warn(name + " in " + image.settings().path() + " is no setting: ignored"));
  }

  void problem(String text) {
    notes.problems.add(text);
  }

  void warn(String text) {
    notes.warnings.add(text);
  }

  List<String> problems() {
    return List.copyOf(notes.problems);
  }

  List<String> warnings() {
    return List.copyOf(notes.warnings);
  }
}
