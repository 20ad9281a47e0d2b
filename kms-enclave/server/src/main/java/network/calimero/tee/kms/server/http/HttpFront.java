package network.calimero.tee.kms.server.http;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import network.calimero.tee.kms.config.ListenAddress;
import network.calimero.tee.log.EventLog;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: Jetty with the limits that strangers get. */
public final class HttpFront implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int BACKLOG = 1_024;

  /** What a client that does not read its answers can make the system hold for it, in bytes. */
  private static final int SEND_BUFFER = 64 * 1024;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final Server server;
  private final ServerConnector connector;
  private final ConnectionGuard guard;

  static {
    // Where this is not said, Jetty starts all of the JVM's management to ask how large references
    // are: almost half of the time from the process's start to its first answer.
    System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
  }

  private HttpFront(Server server, ServerConnector connector, ConnectionGuard guard) {
    this.server = server;
    this.connector = connector;
    this.guard = guard;
  }

  /**
   * Starts to listen.
   *
   * @param routes asked at each request that needs more than this process; may wait
   * @param cluster what a replica serves beside them
   * @param process a few bytes that tell this process's requests from another's
   * @param nanoTime measures durations
   * @throws IOException saying what to do, if that address cannot be listened on
   */
  public static HttpFront start(
      ListenAddress address,
      HttpLimits limits,
      List<String> corsAllowedOrigins,
      Supplier<KmsRoutes> routes,
      Optional<ClusterRoutes> cluster,
      EventLog log,
      byte[] process,
      LongSupplier nanoTime)
      throws IOException {
    Server server = new Server(threads(limits));
    ConnectionGuard guard = new ConnectionGuard(limits, nanoTime);
    ServerConnector connector = connector(server, address, limits);
    connector.addBean(guard);
    server.addConnector(connector);
    RequestLog requests = new RequestLog(log, process, nanoTime);
    server.setErrorHandler(new ErrorPages(requests));
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    server.setHandler(
        new GracefulHandler(
            new KmsHandler(
                KmsRoutes.byPath(routes, cluster),
                new Cors(Set.copyOf(corsAllowedOrigins)),
                new RequestBody(limits.body()),
                guard,
                requests,
                nanoTime)));
    HttpFront front = new HttpFront(server, connector, guard);
    front.listen(address);
    return front;
  }

  /**
   * A thread for every connection that there may be, so that clients who are slow keep nobody
   * waiting. They are the system's threads, which share the processors fairly: virtual threads are
   * not given turns in the order in which they are ready, and under a flood some were given none
   * for seconds.
   */
  private static QueuedThreadPool threads(HttpLimits limits) {
    QueuedThreadPool threads =
        new QueuedThreadPool(ConnectionGuard.most(limits) + THREADS, THREADS);
    threads.setName("http");
    threads.setReservedThreads(0);
    return threads;
  }

  private static ServerConnector connector(
      Server server, ListenAddress address, HttpLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(limits.header());
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setAcceptedSendBufferSize(SEND_BUFFER);
    return connector;
  }

  private void listen(ListenAddress address) throws IOException {
    try {
      connector.open();
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException("cannot listen on " + address + ": " + advice(e), e);
    }
    connector.getScheduler().schedule(this::sweepAgainAndAgain, 1, TimeUnit.SECONDS);
  }

  private static String advice(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "the port is in use, or the address is not this machine's; stop what listens there,"
            + " or set LISTEN_ADDR";
      }
      if (cause instanceof UnresolvedAddressException) {
        return "the host name is unknown; set LISTEN_ADDR";
      }
      if (cause instanceof SocketException) {
        return "this user may not open it; use a port above 1023, or set LISTEN_ADDR";
      }
    }
    return e.getClass().getSimpleName();
  }

  private void sweepAgainAndAgain() {
    try {
      guard.sweep();
    } finally {
      if (server.isRunning()) {
        connector
            .getScheduler()
            .schedule(this::sweepAgainAndAgain, SWEEP_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
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
