package network.calimero.tee.demo.load;

import java.io.IOException;

/** How strangers send: what they do again and again on the connections that they hold. */
interface Habit extends AutoCloseable {
  /** How many connections they hold at a time. */
  int CONNECTIONS = 64;

  /**
   * Sends what there is to send now, and opens connections in place of those that the server has
   * closed.
   *
   * @return how many answers came
   * @throws IOException if no connection can be opened
   */
  int round() throws IOException;

  /** Closes all connections. */
  @Override
  void close();
}
