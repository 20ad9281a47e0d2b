package network.calimero.tee.simulator.pcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;

/**
 * Intel's provisioning certification service, version 4, and the caching service of the same shape,
 * over HTTP on the loopback address (dcap.md, "Collateral"). It serves simulated collateral and any
 * collateral in the exchange form; what it was not given is 404. Content and faults can change
 * while it runs; every request is on record.
 */
public final class PcsServer implements AutoCloseable {
  private static final String STANDARD = "standard";
  private static final int CHUNK = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PcsCatalogue catalogue = new PcsCatalogue();
  private final List<PcsRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private PcsServer(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port. */
  public static PcsServer start() throws IOException {
    return start(0);
  }

  /** Starts on a port. */
  public static PcsServer start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    PcsServer service = new PcsServer(HttpServer.create(address, 0));
    service.server.createContext("/", service::handle);
    service.server.setExecutor(service.threads);
    service.server.start();
    return service;
  }

  /** The base address, without a path. */
  public URI baseUri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /**
   * Serves collateral where it belongs by what it says of itself, in place of what was there: of
   * two CRLs of one authority, or two QE identities, the later one is served.
   */
  public PcsServer serve(SimulatedCollateral collateral) {
    return serve(PcsPlace.of(collateral), collateral);
  }

  /** Serves collateral under given parameters, whatever it says. */
  public PcsServer serve(PcsPlace place, SimulatedCollateral collateral) {
    catalogue.put(place, STANDARD, collateral);
    return this;
  }

  /** Serves documents to those who ask with {@code update=early}, or by their evaluation number. */
  public PcsServer serveEarly(SimulatedCollateral collateral) {
    catalogue.put(PcsPlace.of(collateral), "early", collateral);
    return this;
  }

  /**
   * Serves a PCK certificate to those whose query has at least these parameters, such as {@code
   * cpusvn}.
   *
   * @param chain leaf and issuers in PEM
   */
  public PcsServer servePckCertificate(Map<String, String> parameters, String chain) {
    catalogue.putPck(parameters, chain);
    return this;
  }

  /** Forgets everything it serves; faults and the record of requests stay. */
  public PcsServer serveNothing() {
    catalogue.clear();
    return this;
  }

  /**
   * Misbehaves on every request whose path and sorted query contain a text, until {@link
   * #clearFaults}; the newest fault that fits is used.
   */
  public PcsServer fault(String part, PcsFault fault) {
    return fault(part, fault, Integer.MAX_VALUE);
  }

  /** Misbehaves a number of times. */
  public PcsServer fault(String part, PcsFault fault, int times) {
    rules.addFirst(new Rule(part, fault, new AtomicInteger(times)));
    return this;
  }

  /** Behaves again. */
  public PcsServer clearFaults() {
    rules.clear();
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<PcsRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many requests contain a text in path and sorted query. */
  public long count(String part) {
    return requests.stream().filter(request -> request.target().contains(part)).count();
  }

  /** Stops, and lets go of clients that were left hanging. */
  @Override
  public void close() {
    closed.complete(null);
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    PcsRequest request =
        PcsRequest.of(exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery());
    requests.add(request);
    PcsAnswer proper =
        request.method().equals("GET")
            ? catalogue.find(request).orElse(PcsAnswer.empty(404))
            : PcsAnswer.empty(405);
    try (exchange) {
      Optional<PcsFault> fault = fault(request);
      if (fault.isPresent()) {
        misbehave(exchange, fault.get(), proper);
      } else {
        send(exchange, proper);
      }
    }
  }

  private Optional<PcsFault> fault(PcsRequest request) {
    return rules.stream()
        .filter(rule -> request.target().contains(rule.part()))
        .filter(rule -> rule.left().getAndUpdate(n -> Math.max(n - 1, 0)) > 0)
        .map(Rule::fault)
        .findFirst();
  }

  private void misbehave(HttpExchange exchange, PcsFault fault, PcsAnswer proper)
      throws IOException {
    switch (fault) {
      case PcsFault.Status(int status) -> send(exchange, PcsAnswer.empty(status));
      case PcsFault.Redirect(URI location) ->
          send(exchange, PcsAnswer.empty(302).withHeader("Location", location.toString()));
      case PcsFault.Delay(var until) -> {
        CompletableFuture.anyOf(closed, until.toCompletableFuture()).join();
        send(exchange, proper);
      }
      case PcsFault.Hang() -> closed.join();
      case PcsFault.HangInBody(int after) -> {
        begin(exchange, proper, proper.body().length).write(proper.body(), 0, after);
        exchange.getResponseBody().flush();
        closed.join();
      }
      case PcsFault.Truncate(int after) ->
          begin(exchange, proper, proper.body().length).write(proper.body(), 0, after);
      case PcsFault.Oversize(long size) -> fill(begin(exchange, proper, size), size);
      case PcsFault.OversizeUnannounced(long size) -> fill(begin(exchange, proper, 0), size);
      case PcsFault.NoIssuerChain() -> send(exchange, proper.withoutChains());
      case PcsFault.ChangeBody(var change) -> send(exchange, proper.change(change));
    }
  }

  private static void send(HttpExchange exchange, PcsAnswer answer) throws IOException {
    int size = answer.body().length;
    if (size == 0) {
      begin(exchange, answer, -1);
    } else {
      begin(exchange, answer, size).write(answer.body());
    }
  }

  /** Sends status and headers; a size of 0 means chunks, −1 no body. */
  private static OutputStream begin(HttpExchange exchange, PcsAnswer answer, long size)
      throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), size);
    return exchange.getResponseBody();
  }

  private static void fill(OutputStream out, long size) throws IOException {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) ' ');
    for (long left = size; left > 0; left -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }

  private record Rule(String part, PcsFault fault, AtomicInteger left) {}
}
