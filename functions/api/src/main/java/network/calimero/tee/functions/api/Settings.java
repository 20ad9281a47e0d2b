package network.calimero.tee.functions.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a function, all of them read and found good. */
public final class Settings {
  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /**
   * Reads settings from an environment. Set but blank is the same as not set.
   *
   * @throws SettingsException with everything that is wrong, not only the first
   */
  public static Settings read(Map<String, String> environment, List<Setting<?>> settings)
      throws SettingsException {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : settings) {
      String given = environment.getOrDefault(setting.name(), "").strip();
      Optional<String> text = given.isEmpty() ? setting.defaultText() : Optional.of(given);
      try {
        text.ifPresent(some -> values.put(setting, setting.parser().apply(some)));
      } catch (IllegalArgumentException e) {
        problems.add(
            "%s %s; accepted: %s".formatted(setting.name(), e.getMessage(), setting.accepted()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings(values);
  }

  /** The value that is set, or the default. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  /** The value that is set, or the default if there is one. */
  @SuppressWarnings("unchecked") // What a setting's parser made is kept under that setting.
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }
}
