package network.calimero.tee.functions.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import network.calimero.tee.functions.api.Service;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A service behind HTTP/1.1 on this machine, for development. */
public final class LocalServer implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int HEADER_BYTES = 40 * 1024; // the service has a stricter bound of its own
  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 4;

  /** Held here, or its level would be forgotten. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  static {
    JETTY.setLevel(Level.WARNING); // what it says of itself at each start is of no use
  }

  private final Server server;
  private final ServerConnector connector;
  private final boolean open;

  private LocalServer(Server server, ServerConnector connector, boolean open) {
    this.server = server;
    this.connector = connector;
    this.open = open;
  }

  /**
   * Starts to listen. Functions for proven callers are open to whoever reaches a loopback address,
   * and closed at any other: nothing here can prove a caller.
   *
   * @param pages served wherever the path is not below {@code /api/}
   * @param port 0 lets the system choose
   * @throws IOException saying what to do, if that cannot be listened on
   */
  public static LocalServer start(
      Service service,
      Optional<StaticPages> pages,
      InetAddress address,
      int port,
      InstantSource clock)
      throws IOException {
    boolean open = address.isLoopbackAddress();
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setErrorHandler(new ServerRefusals(service));
    server.setStopTimeout(STOP.toMillis());
    server.setHandler(new GracefulHandler(new ServiceHandler(service, pages, open, clock)));
    LocalServer local = new LocalServer(server, connector, open);
    local.listen(address, port);
    return local;
  }

  private void listen(InetAddress address, int port) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException(
          "cannot listen on %s port %d: %s"
              .formatted(
                  address.getHostAddress(),
                  port,
                  isBind(e)
                      ? "it is in use, or not this machine's; set FUNCTIONS_HOST or FUNCTIONS_PORT"
                      : e.getClass().getSimpleName()),
          e);
    }
  }

  private static boolean isBind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The base URL of everything that is served. */
  public String url() {
    String host = connector.getHost();
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port());
  }

  /** Whether functions for proven callers answer anybody who reaches it. */
  public boolean isOpen() {
    return open;
  }

  /** Stops accepting, finishes requests in flight (at most 20 s), and lets go of everything. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop in order", e);
    }
  }
}
