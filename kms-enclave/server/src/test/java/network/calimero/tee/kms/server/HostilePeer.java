package network.calimero.tee.kms.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Sits between a replica and a genuine one, passes on what it is sent, and answers as it likes. */
final class HostilePeer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KmsHttp genuine;
  private final UnaryOperator<String> asking;
  private final Answering answering;

  /** What is answered. */
  record Reply(int status, String body, String location) {
    static Reply of(int status, String body) {
      return new Reply(status, body, "");
    }
  }

  /** Makes the answer of the genuine one into another. */
  @FunctionalInterface
  interface Answering {
    Reply answer(String path, KmsHttp.Answer genuine);
  }

  HostilePeer(URI address, Answering answering) throws IOException {
    this(address, body -> body, answering);
  }

  /** One that also changes what it passes on. */
  HostilePeer(URI address, UnaryOperator<String> asking, Answering answering) throws IOException {
    this.asking = asking;
    this.genuine = new KmsHttp(address);
    this.answering = answering;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      KmsHttp.Answer answer =
          exchange.getRequestMethod().equals("GET")
              ? genuine.get(path)
              : genuine.post(path, asking.apply(body));
      Reply reply = answering.answer(path, answer);
      if (!reply.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", reply.location());
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    genuine.close();
  }
}
