package network.calimero.tee.kms.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.policy.Profile;

/** Reads configurations, and makes the environments and images to read them from. */
final class Reading {
  static final String HEX = "ab".repeat(48);
  static final String OTHER_HEX = "cd".repeat(48);

  /** Where the measured file is on images. */
  static final String FILE = "/etc/mero-kms/kms.env";

  /** A policy of one image. */
  static final Map<String, String> POLICY = with(lists("ALLOWED_", HEX), "USE_ENV_POLICY", "true");

  static final Image LOCKED = image(Optional.of(Profile.LOCKED_READ_ONLY), Map.of());

  private Reading() {}

  static Image image(Optional<Profile> pinned, Map<String, String> file) {
    return new Image(pinned, new MeasuredFile(Path.of(FILE), file));
  }

  /** A production image with that file. */
  static Image locked(Map<String, String> file) {
    return image(Optional.of(Profile.LOCKED_READ_ONLY), file);
  }

  static Map<String, String> lists(String start, String value) {
    Map<String, String> lists = new HashMap<>();
    for (String register : List.of("MRTD", "RTMR0", "RTMR1", "RTMR2", "RTMR3")) {
      lists.put(start + register, value);
    }
    return lists;
  }

  static Map<String, String> with(Map<String, String> base, String name, String value) {
    return with(base, Map.of(name, value));
  }

  static Map<String, String> with(Map<String, String> base, Map<String, String> more) {
    Map<String, String> changed = new HashMap<>(base);
    changed.putAll(more);
    return changed;
  }

  static Map<String, String> without(Map<String, String> base, String name) {
    Map<String, String> changed = new HashMap<>(base);
    changed.remove(name);
    return changed;
  }

  static KmsConfig read(Map<String, String> environment) {
    return read(environment, Image.SILENT);
  }

  static KmsConfig read(Map<String, String> environment, Image image) {
    try {
      return KmsConfig.read(environment, image);
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> problems(Map<String, String> environment) {
    return problems(environment, Image.SILENT);
  }

  static List<String> problems(Map<String, String> environment, Image image) {
    return refusal(environment, image).problems();
  }

  static ConfigurationException refusal(Map<String, String> environment, Image image) {
    return catchThrowableOfType(
        ConfigurationException.class, () -> KmsConfig.read(environment, image));
  }

  static Setting setting(List<Setting> settings, String name) {
    return settings.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
