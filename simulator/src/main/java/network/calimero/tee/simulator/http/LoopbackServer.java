package network.calimero.tee.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An HTTP server on the loopback address. Each request is on record, has a virtual thread, waits
 * for as long as a network would take, and gets the proper answer or the newest fault that fits.
 * Faults and delay can change while it runs.
 */
public final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final Function<HttpCall, HttpAnswer> service;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpCall> requests = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile Duration delay = Duration.ZERO;

  private LoopbackServer(HttpServer server, Function<HttpCall, HttpAnswer> service) {
    this.server = server;
    this.service = service;
  }

  /**
   * Starts on a port.
   *
   * @param port 0 for a free one
   * @param service what is properly answered
   */
  public static LoopbackServer start(int port, Function<HttpCall, HttpAnswer> service)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    LoopbackServer started = new LoopbackServer(HttpServer.create(address, 0), service);
    started.server.createContext("/", started::handle);
    started.server.setExecutor(started.threads);
    started.server.start();
    return started;
  }

  /** The base address, without a path. */
  public URI baseUri() {
    return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + port());
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Misbehaves a number of times on requests of a kind. */
  public void fault(Predicate<HttpCall> which, HttpFault fault, int times) {
    rules.addFirst(new Rule(which, fault, new AtomicInteger(times)));
  }

  /** Behaves again. */
  public void clearFaults() {
    rules.clear();
  }

  /** Lets every answer wait, as a network's round trip would. */
  public void delay(Duration roundTrip) {
    delay = roundTrip;
  }

  /** All requests so far, in the order of their arrival. */
  public List<HttpCall> requests() {
    return List.copyOf(requests);
  }

  /** Waits until there has been one. */
  public void awaitRequest() {
    asked.join();
  }

  /** Stops, and lets go of clients that were left hanging. */
  @Override
  public void close() {
    closed.complete(null);
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpCall call = call(exchange);
      requests.add(call);
      asked.complete(null);
      travel();
      HttpAnswer proper = service.apply(call);
      Optional<HttpFault> fault = fault(call);
      if (fault.isPresent()) {
        new Misbehaviour(exchange, proper, closed).carryOut(fault.get());
      } else {
        Misbehaviour.send(exchange, proper);
      }
    }
  }

  private void travel() {
    if (delay.isPositive()) {
      closed.copy().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS).join();
    }
  }

  private static HttpCall call(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new HttpCall(
        exchange.getRequestMethod(),
        uri.getPath(),
        HttpCall.query(uri.getRawQuery()),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  private Optional<HttpFault> fault(HttpCall call) {
    return rules.stream()
        .filter(rule -> rule.which().test(call))
        .filter(rule -> rule.left().getAndUpdate(n -> Math.max(n - 1, 0)) > 0)
        .map(Rule::fault)
        .findFirst();
  }

  private record Rule(Predicate<HttpCall> which, HttpFault fault, AtomicInteger left) {}
}
