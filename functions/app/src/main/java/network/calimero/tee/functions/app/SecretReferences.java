package network.calimero.tee.functions.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import network.calimero.tee.functions.api.Setting;

/**
 * Secrets that are kept elsewhere: for each secret setting {@code NAME} there is {@code NAME_FROM},
 * which says where, as {@code scheme:name}. The secret itself is then in no environment.
 */
final class SecretReferences {
  static final String SUFFIX = "_FROM";

  private final List<SecretStore> stores;

  SecretReferences(List<SecretStore> stores) {
    this.stores = List.copyOf(stores);
  }

  /**
   * The environment with what the references name.
   *
   * @param problems gets a sentence for each that cannot be had
   */
  Map<String, String> resolve(
      Map<String, String> environment, List<Setting<?>> settings, List<String> problems) {
    Map<String, String> resolved = new HashMap<>(environment);
    for (Setting<?> setting : settings) {
      String variable = setting.name() + SUFFIX;
      String reference = environment.getOrDefault(variable, "").strip();
      if (reference.isEmpty()) {
        continue;
      }
      if (!setting.secret()) {
        problems.add(
            "%s is set, but %s is no secret; set that".formatted(variable, setting.name()));
      } else if (!environment.getOrDefault(setting.name(), "").isBlank()) {
        problems.add("%s and %s are both set; set one".formatted(setting.name(), variable));
      } else {
        read(variable, reference, problems, value -> resolved.put(setting.name(), value));
      }
    }
    return resolved;
  }

  private void read(
      String variable, String reference, List<String> problems, Consumer<String> found) {
    for (SecretStore store : stores) {
      String prefix = store.scheme() + ":";
      if (reference.startsWith(prefix)) {
        try {
          String value = store.read(reference.substring(prefix.length())).strip();
          if (value.isEmpty()) {
            throw new SecretUnavailableException("it is empty");
          }
          found.accept(value);
        } catch (SecretUnavailableException e) {
          problems.add("%s cannot be read: %s".formatted(variable, e.reason()));
        }
        return;
      }
    }
    problems.add("%s names no place of secrets; accepted: %s".formatted(variable, accepted()));
  }

  private String accepted() {
    List<String> forms = new ArrayList<>();
    stores.forEach(store -> forms.add(store.scheme() + ":" + store.accepted()));
    return forms.isEmpty() ? "none on this platform" : String.join(" or ", forms);
  }
}
