package network.calimero.tee.functions.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import network.calimero.tee.bytes.Bytes;

/** Writes requests as they go over the wire. */
final class RequestBytes {
  private RequestBytes() {}

  static byte[] of(OutboundRequest request, String userAgent) {
    byte[] body = request.body().orElse(Bytes.EMPTY).toArray();
    StringBuilder head = new StringBuilder();
    head.append(request.body().isPresent() ? "POST " : "GET ")
        .append(request.url().path())
        .append(" HTTP/1.1\r\n");
    header(head, "Host", request.url().authority());
    header(head, "User-Agent", userAgent);
    header(head, "Accept", String.join(", ", new TreeSet<>(request.accepted())));
    header(head, "Accept-Encoding", "identity");
    header(head, "Connection", "close");
    if (request.body().isPresent()) {
      header(head, "Content-Type", "application/json");
      header(head, "Content-Length", String.valueOf(body.length));
    }
    for (Map.Entry<String, String> more : new TreeMap<>(request.headers()).entrySet()) {
      header(head, more.getKey(), more.getValue());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + 2 + body.length);
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
