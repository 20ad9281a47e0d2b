package network.calimero.tee.functions.api;

import java.io.Serial;
import java.util.List;

/** A function cannot start with its settings. */
public final class SettingsException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, naming the variable and what is accepted. */
  public List<String> problems() {
    return problems;
  }
}
