package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever ends the TLS connection: passes everything on to a genuine KMS, and reads along. */
final class Relay implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI kms;
  private final List<String> answers = new CopyOnWriteArrayList<>();

  private Relay(HttpServer server, URI kms) {
    this.server = server;
    this.kms = kms;
  }

  static Relay start(URI kms) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Relay relay = new Relay(HttpServer.create(address, 0), kms);
    relay.server.createContext("/", relay::pass);
    relay.server.start();
    return relay;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(kms.resolve(exchange.getRequestURI().getPath()))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      answers.add(new String(answer.body(), UTF_8));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Everything that the KMS said, in clear. */
  String seen() {
    return String.join("\n", answers);
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
