package network.calimero.tee.release.config;

import java.io.IOException;
import java.util.List;

/** The program {@code merod}, however it is run. */
@FunctionalInterface
public interface Merod {

  /**
   * Runs it and waits for its end.
   *
   * @param arguments without the program's own name
   * @return its exit code
   * @throws IOException if it cannot be run
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  int run(List<String> arguments) throws IOException, InterruptedException;
}
