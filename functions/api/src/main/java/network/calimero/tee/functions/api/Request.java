package network.calimero.tee.functions.api;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One call at its endpoint: parameters are checked, and the body is read if there is to be one. */
public final class Request {
  private final HttpCall call;
  private final String id;
  private final Query query;
  private final Optional<ObjectNode> body;

  Request(HttpCall call, String id, Query query, Optional<ObjectNode> body) {
    this.call = call;
    this.id = id;
    this.query = query;
    this.body = body;
  }

  /** The call itself. */
  public HttpCall call() {
    return call;
  }

  /** What the log and the answer call it. */
  public String id() {
    return id;
  }

  /** A parameter that must be there. */
  public String parameter(String name) {
    return findParameter(name)
        .orElseThrow(() -> new IllegalStateException(name + " is no required parameter"));
  }

  /** A parameter that may be there. */
  public Optional<String> findParameter(String name) {
    return query.find(name);
  }

  /** The body; no field at all if the endpoint takes none. */
  public Fields body() {
    return new Fields(body.orElseGet(JsonMapper.shared()::createObjectNode));
  }

  /** The proven caller, if there is one; always at endpoints for callers only. */
  public Optional<Caller> caller() {
    return call.caller();
  }
}
