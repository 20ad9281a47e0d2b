package network.calimero.tee.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who answers {@code /attest} in a KMS's place, with quotes of his own choice. */
final class Impostor implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final UnaryOperator<byte[]> quotes;
  private final X25519PublicKey ownKey = X25519KeyPair.generate(new SecureRandom()).publicKey();

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
      Bytes binding = Bindings.attestTransportKey(bytes(request, "bindingB64"), ownKey);
      ReportData reportData = ReportData.of(bytes(request, "nonceB64"), binding);
      byte[] quote = quotes.apply(reportData.value().toArray());
      ObjectNode answer =
          JSON.createObjectNode()
              .put("quoteB64", Base64.getEncoder().encodeToString(quote))
              .put("reportDataHex", reportData.hex())
              .put("transportPublicKeyB64", StrictBase64.encode(ownKey.value().toArray()));
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Bytes bytes(JsonNode request, String field) {
    return Bytes.of(Base64.getDecoder().decode(request.path(field).asString("")));
  }

  KmsClient client() {
    return new KmsClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
