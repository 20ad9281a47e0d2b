package network.calimero.tee.functions.app;

import java.io.Serial;
import java.util.List;

/** A function cannot start as it is configured. */
public final class MisconfiguredException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> problems;

  MisconfiguredException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, naming the variable and what is accepted. */
  public List<String> problems() {
    return problems;
  }
}
