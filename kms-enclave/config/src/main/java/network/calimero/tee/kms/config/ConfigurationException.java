package network.calimero.tee.kms.config;

import java.io.Serial;
import java.util.List;

/**
 * Nothing can be started with these settings. Holds everything that is wrong, not only the first.
 */
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> problems;
  private final transient List<Setting> settings;

  /** With problems that each name their setting and say what is accepted; at least one. */
  public ConfigurationException(List<String> problems) {
    this(problems, List.of());
  }

  /** The same with what was read beside them. */
  ConfigurationException(List<String> problems, List<Setting> settings) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
    this.settings = List.copyOf(settings);
  }

  /** One sentence per problem. */
  public List<String> problems() {
    return problems;
  }

  /** The settings as far as they could be read; none if the files of the image could not be. */
  public List<Setting> settings() {
    return settings;
  }
}
