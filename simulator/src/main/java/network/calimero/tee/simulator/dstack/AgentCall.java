package network.calimero.tee.simulator.dstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of the agent: a method name and its parameters, which come as a JSON body or as a query.
 */
record AgentCall(String method, ObjectNode parameters) {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  static AgentCall of(UnixHttpServer.Request request) throws BadCall {
    String target = request.target();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    ObjectNode parameters =
        request.method().equals("GET")
            ? query(mark < 0 ? "" : target.substring(mark + 1))
            : body(request.body());
    return new AgentCall(path.substring(path.lastIndexOf('/') + 1), parameters);
  }

  /** A parameter, empty if it is not there. */
  String text(String name) throws BadCall {
    JsonNode value = parameters.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw new BadCall(name + " is not a text");
    }
    return value.stringValue();
  }

  private static ObjectNode query(String query) throws BadCall {
    ObjectNode parameters = MAPPER.createObjectNode();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          parameters.put(
              pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        } catch (IllegalArgumentException e) {
          throw new BadCall("query is not URL-encoded");
        }
      }
    }
    return parameters;
  }

  private static ObjectNode body(String body) throws BadCall {
    if (body.isBlank()) {
      return MAPPER.createObjectNode();
    }
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new BadCall("body is not JSON");
    }
    throw new BadCall("body is not a JSON object");
  }

  /** A call that the agent cannot make sense of. */
  static final class BadCall extends Exception {
    BadCall(String message) {
      super(message);
    }
  }
}
