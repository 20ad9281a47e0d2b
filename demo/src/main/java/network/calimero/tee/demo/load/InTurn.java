package network.calimero.tee.demo.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** One request on each connection, then an answer from each. */
final class InTurn implements Habit {
  private final URI kms;
  private final byte[] request;
  private final List<Connection> connections = new ArrayList<>();

  InTurn(URI kms, byte[] request) {
    this.kms = kms;
    this.request = request.clone();
  }

  @Override
  public int round() throws IOException {
    while (connections.size() < CONNECTIONS) {
      connections.add(Connection.open(kms));
    }
    connections.removeIf(connection -> !tries(connection, c -> c.send(request)));
    int asked = connections.size();
    connections.removeIf(connection -> !tries(connection, Connection::readAnswer));
    int silent = asked - connections.size();
    connections.removeIf(Connection::isOver);
    return asked - silent;
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }

  /** Whether it went well; otherwise it is closed. */
  private static boolean tries(Connection connection, Use use) {
    try {
      use.apply(connection);
      return true;
    } catch (IOException e) {
      connection.close();
      return false;
    }
  }

  /** What one connection is used for. */
  @FunctionalInterface
  private interface Use {
    void apply(Connection connection) throws IOException;
  }
}
