package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.OutboundFault.PEER_TIMED_OUT;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_TLS_FAILED;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_UNREACHABLE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import network.calimero.tee.functions.api.Lazily;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP/1.1, each on a connection of its own, to hosts that a policy allows. The
 * connection goes to an address that was checked, TLS is held to the name in the URL; no proxy, no
 * redirect, no compression; everything that comes back is bounded, and the whole exchange has one
 * deadline. Safe for use by several threads.
 */
public final class OutboundHttp implements AutoCloseable {
  private final String userAgent;
  private final Supplier<SSLContext> trust;
  private final LongSupplier nanoTime;
  private final Destinations destinations;
  private final ExecutorService lookups;
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * A client.
   *
   * @param trust whose certificates are believed
   * @param nanoTime goes forward only
   */
  public OutboundHttp(
      String userAgent, Resolver resolver, SSLContext trust, LongSupplier nanoTime) {
    this(userAgent, resolver, () -> trust, nanoTime);
  }

  private OutboundHttp(
      String userAgent, Resolver resolver, Supplier<SSLContext> trust, LongSupplier nanoTime) {
    this.userAgent = userAgent;
    this.trust = trust;
    this.nanoTime = nanoTime;
    this.lookups =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("outbound-lookup-", 0).factory());
    this.destinations = new Destinations(resolver, lookups);
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-deadline").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * A client that asks the system for names and believes the public authorities that Java comes
   * with. They are read for the first request by https: that takes a quarter of a cold start.
   *
   * @param nanoTime goes forward only
   */
  public static OutboundHttp publicWeb(String userAgent, LongSupplier nanoTime) {
    return new OutboundHttp(
        userAgent, new SystemResolver(), Lazily.of(OutboundHttp::publicAuthorities), nanoTime);
  }

  private static SSLContext publicAuthorities() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /**
   * Sends a request and takes its answer.
   *
   * @throws OutboundException if it may not be sent, or there is no answer that could be taken
   */
  public OutboundAnswer exchange(OutboundRequest request, OutboundPolicy policy, Limits limits)
      throws OutboundException {
    long end = nanoTime.getAsLong() + limits.total().toNanos();
    List<IpAddress> addresses =
        destinations.check(request.url(), policy, end - nanoTime.getAsLong());
    OutboundException failure = null;
    for (IpAddress address : addresses) {
      try (Line line = new Line(end)) {
        Optional<OutboundException> unconnected = line.connect(request.url(), address, limits);
        if (unconnected.isEmpty()) {
          return line.exchange(request, limits.maxBody());
        }
        failure = unconnected.get();
      }
    }
    throw failure == null
        ? new OutboundException(PEER_UNREACHABLE, "the host has no address")
        : failure;
  }

  /** One connection, which is cut when its time is over, whatever it is doing then. */
  private final class Line implements AutoCloseable {
    private final Socket raw = new Socket(Proxy.NO_PROXY);
    private final Future<?> cut;
    private final long end;
    private volatile boolean late;

    Line(long end) {
      this.end = end;
      this.cut = deadlines.schedule(this::cut, nanosLeft(), TimeUnit.NANOSECONDS);
    }

    private long nanosLeft() {
      return Math.max(0, end - nanoTime.getAsLong());
    }

    private void cut() {
      late = true;
      closeRaw();
    }

    /** Why there is no connection; another address may be tried then. */
    Optional<OutboundException> connect(OutboundUrl url, IpAddress address, Limits limits) {
      long nanos = Math.min(limits.connect().toNanos(), nanosLeft());
      try {
        int millis = Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE);
        raw.connect(new InetSocketAddress(address.toInet(url.host()), url.port()), millis);
        return Optional.empty();
      } catch (SocketTimeoutException e) {
        return Optional.of(new OutboundException(PEER_TIMED_OUT, "no connection in time", e));
      } catch (IOException e) {
        return Optional.of(failure(e, "no connection (refused, or no route)"));
      }
    }

    OutboundAnswer exchange(OutboundRequest request, int maxBody) throws OutboundException {
      Socket socket = request.url().secure() ? secured(request.url()) : raw;
      try {
        socket.getOutputStream().write(RequestBytes.of(request, userAgent));
        socket.getOutputStream().flush();
        return new AnswerReader(new BufferedInputStream(socket.getInputStream()), maxBody)
            .read(request);
      } catch (IOException e) {
        throw failure(e, "the connection broke before the answer's end");
      }
    }

    private Socket secured(OutboundUrl url) throws OutboundException {
      try {
        SSLSocket socket =
            (SSLSocket)
                trust.get().getSocketFactory().createSocket(raw, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (url.address().isEmpty()) {
          parameters.setServerNames(List.of(new SNIHostName(url.host())));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
      } catch (SSLException e) {
        throw late
            ? timedOut(e)
            : new OutboundException(PEER_TLS_FAILED, "the host does not prove to be it", e);
      } catch (IOException e) {
        throw failure(e, "the connection broke during the TLS handshake");
      }
    }

    private OutboundException failure(IOException cause, String found) {
      return late ? timedOut(cause) : new OutboundException(PEER_UNREACHABLE, found, cause);
    }

    private static OutboundException timedOut(@Nullable IOException cause) {
      return new OutboundException(PEER_TIMED_OUT, "there was no complete answer in time", cause);
    }

    private void closeRaw() {
      try {
        raw.close();
      } catch (IOException _) {
        // It is of no use any more either way.
      }
    }

    /** Closes without a farewell of TLS, which could wait for the other side. */
    @Override
    public void close() {
      cut.cancel(false);
      closeRaw();
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    deadlines.shutdownNow();
  }
}
