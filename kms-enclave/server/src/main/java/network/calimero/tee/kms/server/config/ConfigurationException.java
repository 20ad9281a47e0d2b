package network.calimero.tee.kms.server.config;

import java.io.Serial;
import java.util.List;

/** The environment cannot be started with. Holds everything that is wrong, not only the first. */
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** With problems that each name their variable and say what is accepted; at least one. */
  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem. */
  public List<String> problems() {
    return problems;
  }
}
