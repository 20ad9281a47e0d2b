package network.calimero.tee.functions.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import network.calimero.tee.bytes.Bytes;

/**
 * Lambda's Runtime API on this machine: gives events to a runtime client and takes its responses.
 * Asked for the next event, it answers when there is one, however long that takes.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();

  private record Invocation(String id, Bytes event, CompletableFuture<byte[]> response) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(INVOCATION, this::serve);
    server.createContext(
        INIT_ERROR,
        exchange -> {
          initError.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          accept(exchange);
        });
    server.start();
  }

  /** Host and port, as the runtime's variable has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the runtime said of a failed start, once it has. */
  CompletableFuture<String> initError() {
    return initError;
  }

  /** The response to an event. */
  CompletableFuture<byte[]> invoke(byte[] event) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), Bytes.of(event), new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.response();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String[] path =
        exchange.getRequestURI().getPath().substring(INVOCATION.length()).split("/", -1);
    if (path.length == 1 && path[0].equals("next")) {
      next(exchange);
      return;
    }
    Invocation invocation = running.remove(path[0]);
    byte[] body = exchange.getRequestBody().readAllBytes();
    accept(exchange);
    if (invocation == null) {
      throw new IOException("nobody asked for " + path[0]);
    }
    if (path[1].equals("response")) {
      invocation.response().complete(body);
    } else {
      invocation
          .response()
          .completeExceptionally(new IllegalStateException(new String(body, UTF_8)));
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      Invocation invocation = waiting.take();
      running.put(invocation.id(), invocation);
      exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
      exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", "253402300799000");
      exchange
          .getResponseHeaders()
          .set(
              "Lambda-Runtime-Invoked-Function-Arn",
              "arn:aws:lambda:eu-west-1:123456789012:function:contract");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, invocation.event().length());
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(invocation.event().toArray());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private static void accept(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
