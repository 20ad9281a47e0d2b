package network.calimero.tee.functions.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.log.EventLog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small service, and calls to it. */
final class Sample {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Parameter TAG =
      Parameter.required("tag", "Which one.", "v[0-9.]+", "v and digits", ApiProblem.INVALID_QUERY);

  private Sample() {}

  static Service service(EventLog log) {
    return service(log, false);
  }

  static Service service(EventLog log, boolean simulated) {
    return new Service(
        new ServiceInfo("sample", "A sample", "1", simulated),
        List.of(read(), write(), guarded(), text(), broken(), refusing()),
        log,
        () -> "id-1",
        () -> 0);
  }

  private static Endpoint read() {
    return Endpoint.get("/api/thing", "a thing")
        .parameter(TAG)
        .answers("the thing", Schema.object().required("tag", Schema.text()).named("Thing"))
        .cachedFor(Duration.ofMinutes(5))
        .handledBy(request ->
            HttpAnswer.json(
                JsonMapper.shared().createObjectNode().put("tag", request.parameter("tag"))));
  }

  private static Endpoint write() {
    Schema body = Schema.object().required("node_url", Schema.text()).open();
    return Endpoint.post("/api/thing", "makes a thing", body, new JsonBounds(200, 8, 100))
        .answers(
            "the thing made",
            Schema.object()
                .required("made", Schema.text())
                .required("known", Schema.flag().orNull()))
        .handledBy(request ->
            HttpAnswer.json(
                JsonMapper.shared()
                    .createObjectNode()
                    .put("made", request.body().text("node_url", "nodeUrl"))
                    .putNull("known")));
  }

  private static Endpoint guarded() {
    return Endpoint.post("/api/guarded", "for callers", Schema.object(), JsonBounds.small())
        .callersOnly()
        .answers("who called", Schema.mapOf(Schema.text()))
        .handledBy(request ->
            HttpAnswer.json(
                JsonMapper.shared()
                    .createObjectNode()
                    .put("name", request.caller().orElseThrow().name())));
  }

  private static Endpoint text() {
    return Endpoint.get("/api/text", "a text")
        .answersText("the text", "application/toml")
        .handledBy(_ -> HttpAnswer.text("application/toml", "[a]\n"));
  }

  private static Endpoint broken() {
    return Endpoint.get("/api/broken", "fails")
        .handledBy(_ -> {
          throw new IllegalStateException("password=hunter2");
        });
  }

  private static Endpoint refusing() {
    return Endpoint.get("/api/refusing", "refuses")
        .refuses(ApiProblem.BUSY)
        .handledBy(_ -> {
          throw new ApiException(ApiProblem.BUSY, "line\nbreak\u001b[2J\u202e")
              .withStatus(418)
              .with(JsonMapper.shared().createObjectNode().put("so_far", 1).put("code", "x"));
        });
  }

  static HttpCall get(String path, String query) {
    return call("GET", path, query, Map.of(), "");
  }

  static HttpCall post(String path, String body) {
    return call("POST", path, "", Map.of("content-type", "application/json"), body);
  }

  static HttpCall call(
      String method, String path, String query, Map<String, String> headers, String body) {
    return new HttpCall(
        method,
        path,
        query,
        Headers.of(headers),
        Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
        Optional.empty(),
        NOW);
  }

  static JsonNode json(HttpAnswer answer) {
    return JsonMapper.shared().readTree(answer.body().toArray());
  }
}
