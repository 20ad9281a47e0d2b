package network.calimero.tee.simulator.pcs;

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
 */
public record PcsRequest(String method, String path, Map<String, String> query) {
  /** Copies the parameters. */
  public PcsRequest {
    query = Map.copyOf(query);
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

  static PcsRequest of(String method, String path, @Nullable String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return new PcsRequest(method, path, query);
  }
}
