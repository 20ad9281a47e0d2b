package network.calimero.tee.functions.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;

/**
 * A request as a client sends it.
 *
 * @param target path and query
 * @param proven whether it is sent by somebody whom the platform can prove
 */
record Ask(
    String method,
    String target,
    List<Map.Entry<String, String>> headers,
    Bytes body,
    boolean proven) {

  static Ask get(String target) {
    return of("GET", target);
  }

  static Ask of(String method, String target) {
    return new Ask(method, target, List.of(), Bytes.EMPTY, false);
  }

  static Ask post(String target, String json) {
    return post(target, json.getBytes(StandardCharsets.UTF_8));
  }

  static Ask post(String target, byte[] body) {
    return new Ask("POST", target, List.of(), Bytes.of(body), false)
        .with("Content-Type", "application/json");
  }

  Ask with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Ask(method, target, more, body, proven);
  }

  Ask byProvenCaller() {
    return new Ask(method, target, headers, body, true);
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }
}
