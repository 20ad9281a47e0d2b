package network.calimero.tee.functions.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response as a client gets it. */
record Reply(int status, Headers headers, Bytes body) {

  String header(String name) {
    return headers.find(name).orElse("");
  }

  List<String> all(String name) {
    return headers.all(name);
  }

  String text() {
    return new String(body.toArray(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(body.toArray());
  }
}
