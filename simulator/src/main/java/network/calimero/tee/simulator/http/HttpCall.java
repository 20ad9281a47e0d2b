package network.calimero.tee.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived.
 *
 * @param path without the query
 * @param query decoded parameters, names as sent
 * @param headers names in lower case, the first value of each
 * @param body as text
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {
  /** Copies. */
  public HttpCall {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** Path and sorted query in one text, to recognise a request by. */
  public String target() {
    StringBuilder text = new StringBuilder(path);
    char separator = '?';
    for (String name : query.keySet().stream().sorted().toList()) {
      text.append(separator).append(name).append('=').append(query.get(name));
      separator = '&';
    }
    return text.toString();
  }

  /** A header by its name in lower case; empty if it was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** What the client calls itself; empty if it did not say. */
  public String userAgent() {
    return header("user-agent");
  }

  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return query;
  }
}
