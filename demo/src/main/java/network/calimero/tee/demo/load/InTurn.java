package network.calimero.tee.demo.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
      connections.add(new Connection(new Socket(kms.getHost(), kms.getPort())));
    }
    connections.removeIf(connection -> !connection.tries(c -> c.out(request)));
    int asked = connections.size();
    connections.removeIf(connection -> !connection.tries(Connection::readAnswer));
    int silent = asked - connections.size();
    connections.removeIf(connection -> connection.last);
    return asked - silent;
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }

  /** What one connection is used for. */
  @FunctionalInterface
  private interface Use {
    void apply(Connection connection) throws IOException;
  }

  private static final class Connection {
    private static final int MAX_LINE = 8 * 1024;

    private final Socket socket;
    private final InputStream in;
    private boolean last;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }

    void out(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** Whether it went well; otherwise it is closed. */
    boolean tries(Use use) {
      try {
        use.apply(this);
        return true;
      } catch (IOException e) {
        close();
        return false;
      }
    }

    /** After an answer that says that it is the last one the connection is closed. */
    void readAnswer() throws IOException {
      int length = 0;
      String line = readLine();
      while (!line.isEmpty()) {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring("content-length:".length()).strip());
        }
        last |= header.equals("connection: close");
        line = readLine();
      }
      in.skipNBytes(length);
      if (last) {
        close();
      }
    }

    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0 || line.length() > MAX_LINE) {
          throw new EOFException("no line of HTTP");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
