package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Strangers who send one request again and again, as fast as one thread can: it fills all their
 * connections, then takes all the answers.
 */
final class Strangers implements AutoCloseable {
  private static final int CONNECTIONS = 64;

  private final URI kms;
  private final byte[] request;
  private final AtomicLong answered = new AtomicLong();
  private final long start = System.nanoTime();
  private final Thread thread;
  private volatile boolean stopping;

  private Strangers(URI kms, byte[] request) {
    this.kms = kms;
    this.request = request;
    this.thread = Thread.ofPlatform().name("strangers").unstarted(this::send);
  }

  static Strangers start(URI kms, byte[] request) {
    Strangers strangers = new Strangers(kms, request);
    strangers.thread.start();
    return strangers;
  }

  /** A post of JSON as it travels. */
  static byte[] post(String path, byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\nHost: kms\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length);
    byte[] first = head.getBytes(ISO_8859_1);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  private void send() {
    List<Connection> connections = new ArrayList<>();
    try {
      while (!stopping) {
        while (connections.size() < CONNECTIONS) {
          connections.add(new Connection(new Socket(kms.getHost(), kms.getPort())));
        }
        round(connections);
      }
    } catch (IOException e) {
      System.err.println("strangers are shut out: " + e);
    } finally {
      connections.forEach(Connection::close);
    }
  }

  /** A connection that the server closed is replaced in the next round. */
  private void round(List<Connection> connections) {
    connections.removeIf(connection -> !connection.tries(c -> c.out(request)));
    connections.removeIf(connection -> !connection.tries(Connection::readAnswer));
    answered.addAndGet(connections.size());
  }

  /** Requests answered per second so far. */
  long perSecond() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return Math.round(answered.get() / seconds);
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

    void readAnswer() throws IOException {
      int length = 0;
      String line = readLine();
      while (!line.isEmpty()) {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring("content-length:".length()).strip());
        }
        line = readLine();
      }
      in.skipNBytes(length);
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
