package network.calimero.tee.functions.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Parameter;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Host;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A function with one endpoint for each thing that a platform could get wrong. */
final class ContractFunction implements Deployable {
  static final int MAX_BODY = 64 * 1024;
  static final int LARGE = 300_000;
  private static final Parameter TAG =
      Parameter.required("tag", "Any text.", ".{1,40}", "a text", ApiProblem.INVALID_QUERY);

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Service service(Settings settings, Host host) {
    return new Service(
        new ServiceInfo("contract", "The contract", "1", false),
        List.of(thing(), echo(), bytes(), large(), nothing(), cookies(), broken(), refusing()),
        host.log(),
        host.ids(),
        host.nanoTime());
  }

  private static ObjectNode json() {
    return JsonMapper.shared().createObjectNode();
  }

  private static Endpoint thing() {
    return Endpoint.get("/api/thing", "what came")
        .parameter(TAG)
        .answers("what came", Schema.object().open())
        .cachedFor(Duration.ofMinutes(5))
        .handledBy(request ->
            HttpAnswer.json(
                json()
                    .put("tag", request.parameter("tag"))
                    .put("query", request.call().query())
                    .put("several", header(request, "X-Several"))
                    .put("cookie", header(request, "Cookie"))));
  }

  private static String header(Request request, String name) {
    // Some platforms join values themselves, with or without a blank.
    return request.call().headers().find(name).orElse("").replace(", ", ",");
  }

  private static Endpoint echo() {
    Schema body = Schema.object().required("text", Schema.text()).open();
    return Endpoint.post("/api/echo", "what was sent", body, new JsonBounds(MAX_BODY, 8, 100))
        .answers("its hash", Schema.object().open())
        .handledBy(request ->
            HttpAnswer.json(
                json()
                    .put("text", request.body().text("text"))
                    .put("sha256", Sha256.of(request.call().body()).hex())));
  }

  private static Endpoint bytes() {
    return Endpoint.get("/api/bytes", "every byte there is")
        .handledBy(_ ->
            new HttpAnswer(
                200, Headers.none().with("Content-Type", "application/octet-stream"), everyByte()));
  }

  static Bytes everyByte() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return Bytes.of(all);
  }

  private static Endpoint large() {
    return Endpoint.get("/api/large", "much")
        .handledBy(_ ->
            HttpAnswer.json(
                200, Bytes.of(("\"" + "x".repeat(LARGE) + "\"").getBytes(StandardCharsets.UTF_8))));
  }

  private static Endpoint nothing() {
    return Endpoint.get("/api/nothing", "nothing").handledBy(_ -> HttpAnswer.empty(204));
  }

  private static Endpoint cookies() {
    return Endpoint.get("/api/cookies", "two cookies")
        .handledBy(_ -> {
          HttpAnswer answer = HttpAnswer.json(json());
          Headers two =
              answer.headers().and("Set-Cookie", "a=1; Path=/").and("Set-Cookie", "b=2, 3");
          return new HttpAnswer(200, two, answer.body());
        });
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
          throw new ApiException(ApiProblem.BUSY, "not now").withStatus(418);
        });
  }
}
