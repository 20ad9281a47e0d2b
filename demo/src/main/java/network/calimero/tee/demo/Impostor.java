package network.calimero.tee.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.simulator.codec.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who answers {@code /attest} in a KMS's place, with quotes of his own choice. */
final class Impostor implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final UnaryOperator<byte[]> quotes;

  private Impostor(HttpServer server, UnaryOperator<byte[]> quotes) {
    this.server = server;
    this.quotes = quotes;
  }

  /**
   * Starts on a free port.
   *
   * @param quotes from the report data that were asked for to a quote
   */
  static Impostor start(UnaryOperator<byte[]> quotes) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    Impostor impostor = new Impostor(server, quotes);
    server.createContext("/attest", impostor::attest);
    server.start();
    return impostor;
  }

  private void attest(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      byte[] reportData = Bytes.concat(bytes(request, "nonceB64"), bytes(request, "bindingB64"));
      ObjectNode answer =
          JSON.createObjectNode()
              .put("quoteB64", Base64.getEncoder().encodeToString(quotes.apply(reportData)))
              .put("reportDataHex", HexFormat.of().formatHex(reportData));
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(JsonNode request, String field) {
    return Base64.getDecoder().decode(request.path(field).asString(""));
  }

  KmsClient client() {
    return new KmsClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
