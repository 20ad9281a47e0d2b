package network.calimero.tee.simulator.releases;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Files of releases over HTTP on the loopback address, under the paths that GitHub gives them. What
 * it was not given is 404. Content and faults can change while it runs; every request is on record.
 */
public final class ReleaseServer implements AutoCloseable {
  private static final String BASE = "/calimero-network/mero-tee/releases";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, ReleaseFault> faults = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /**
   * A request as it arrived.
   *
   * @param userAgent empty if it did not say
   */
  public record Request(String path, String userAgent) {}

  private ReleaseServer(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port. */
  public static ReleaseServer start() throws IOException {
    return start(0);
  }

  /** Starts on a port. */
  public static ReleaseServer start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ReleaseServer service = new ReleaseServer(HttpServer.create(address, 0));
    service.server.createContext("/", service::handle);
    service.server.setExecutor(service.threads);
    service.server.start();
    return service;
  }

  /** What {@code RELEASES_URL} is to be. */
  public URI releases() {
    return address().resolve(BASE);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private URI address() {
    return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + port());
  }

  /** The address of a file. */
  public URI file(String tag, String asset) {
    return address().resolve(path(tag, asset));
  }

  private static String path(String tag, String asset) {
    return BASE + "/download/" + tag + "/" + asset;
  }

  /** Serves a file of a release, in place of what was there. */
  public ReleaseServer serve(String tag, String asset, byte[] content) {
    files.put(path(tag, asset), content.clone());
    return this;
  }

  /** Serves a policy as the file of its profile. */
  public ReleaseServer serve(SimulatedPolicy policy) {
    return serve(policy.tag(), policy.asset(), policy.json());
  }

  /** Serves nothing any more. */
  public ReleaseServer serveNothing() {
    files.clear();
    return this;
  }

  /** Misbehaves on all paths that end in a text, until {@link #clearFaults}. */
  public ReleaseServer fault(String end, ReleaseFault fault) {
    faults.put(end, fault);
    return this;
  }

  /** Behaves again. */
  public ReleaseServer clearFaults() {
    faults.clear();
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<Request> requests() {
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
    String path = exchange.getRequestURI().getPath();
    String userAgent = exchange.getRequestHeaders().getFirst("User-Agent");
    requests.add(new Request(path, userAgent == null ? "" : userAgent));
    asked.complete(null);
    byte[] file = files.get(path);
    try (exchange) {
      for (Map.Entry<String, ReleaseFault> fault : faults.entrySet()) {
        if (path.endsWith(fault.getKey())) {
          misbehave(exchange, fault.getValue(), file);
          return;
        }
      }
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        begin(exchange, file.length).write(file);
      }
    }
  }

  private void misbehave(HttpExchange exchange, ReleaseFault fault, byte @Nullable [] file)
      throws IOException {
    switch (fault) {
      case ReleaseFault.Status(int status) -> exchange.sendResponseHeaders(status, -1);
      case ReleaseFault.Redirect(URI location) -> {
        exchange.getResponseHeaders().set("Location", location.toString());
        exchange.sendResponseHeaders(302, -1);
      }
      case ReleaseFault.Hang() -> closed.join();
      case ReleaseFault.HangInBody() -> {
        byte[] content = file == null ? new byte[2] : file;
        OutputStream out = begin(exchange, content.length);
        out.write(content, 0, content.length / 2);
        out.flush();
        closed.join();
      }
      case ReleaseFault.Oversize(int size) -> begin(exchange, size).write(new byte[size]);
      case ReleaseFault.Text(String body) -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        begin(exchange, bytes.length).write(bytes);
      }
    }
  }

  private static OutputStream begin(HttpExchange exchange, int size) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(200, size);
    return exchange.getResponseBody();
  }
}
