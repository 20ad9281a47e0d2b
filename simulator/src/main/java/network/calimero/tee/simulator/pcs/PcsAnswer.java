package network.calimero.tee.simulator.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A status, headers and a body. */
final class PcsAnswer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private PcsAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static PcsAnswer ok(String contentType, byte[] body) {
    return new PcsAnswer(200, Map.of("Content-Type", contentType), body);
  }

  static PcsAnswer empty(int status) {
    return new PcsAnswer(status, Map.of(), new byte[0]);
  }

  PcsAnswer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new PcsAnswer(status, more, body);
  }

  /** A PEM chain in a header: percent-encoded, as the service sends it. */
  PcsAnswer withChain(String name, String pem) {
    return withHeader(name, URLEncoder.encode(pem, UTF_8).replace("+", "%20"));
  }

  PcsAnswer withoutChains() {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.keySet().removeIf(name -> name.endsWith("-Issuer-Chain"));
    return new PcsAnswer(status, fewer, body);
  }

  PcsAnswer change(UnaryOperator<byte[]> change) {
    return new PcsAnswer(status, headers, change.apply(body.clone()));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
