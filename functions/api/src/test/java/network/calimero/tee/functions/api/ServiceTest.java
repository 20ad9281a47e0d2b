package network.calimero.tee.functions.api;

import static network.calimero.tee.functions.api.Sample.call;
import static network.calimero.tee.functions.api.Sample.get;
import static network.calimero.tee.functions.api.Sample.json;
import static network.calimero.tee.functions.api.Sample.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Caller.Proof;
import network.calimero.tee.functions.testkit.OpenApiCheck;
import network.calimero.tee.log.JsonLine;
import network.calimero.tee.log.LogEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ServiceTest {
  private final List<LogEvent> events = new ArrayList<>();
  private final Service service = Sample.service(events::add);

  private static String code(HttpAnswer answer) {
    return json(answer).get("code").stringValue();
  }

  private static String header(HttpAnswer answer, String name) {
    return answer.headers().find(name).orElse("");
  }

  @Test
  void answersAtTheEndpointOfMethodAndPath() {
    HttpAnswer answer = service.handle(get("/api/thing", "tag=v1%2e2"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).get("tag").stringValue()).isEqualTo("v1.2");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "X-Request-Id")).isEqualTo("id-1");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "X-Mero-Tee")).isEmpty();
  }

  @Test
  void otherPathsAre404WhateverTheirSpelling() {
    for (String path :
        List.of("/", "/api/thing/", "//api/thing", "/API/thing", "/api/%74hing", "")) {
      HttpAnswer answer = service.handle(get(path, "tag=v1"));
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(code(answer)).isEqualTo("not_found");
    }
  }

  @Test
  void otherMethodsAre405AndLearnWhichAreTaken() {
    for (String method : List.of("PUT", "DELETE", "PATCH", "HEAD", "get", "TRACE")) {
      HttpAnswer answer = service.handle(call(method, "/api/thing", "tag=v1", Map.of(), ""));
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(header(answer, "Allow")).isEqualTo("GET, POST, OPTIONS");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void browsersQuestionsBeforeACallAre204() {
    HttpAnswer answer = service.handle(call("OPTIONS", "/api/thing", "", Map.of(), ""));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body().isEmpty()).isTrue();
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("GET, POST, OPTIONS");
    assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("*");
  }

  @Test
  void whatIsForCallersIsClosedToWebPagesAndToTheUnproven() {
    HttpAnswer refused = service.handle(post("/api/guarded", "{}"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("caller_required");
    assertThat(header(refused, "Access-Control-Allow-Origin")).isEmpty();
    HttpAnswer options = service.handle(call("OPTIONS", "/api/guarded", "", Map.of(), ""));
    assertThat(header(options, "Access-Control-Allow-Origin")).isEmpty();

    HttpAnswer answer =
        service.handle(post("/api/guarded", "{}").by(new Caller(Proof.AWS_IAM, "arn:x\ny")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    assertThat(events.getLast().fields()).containsEntry("caller", "AWS_IAM arn:x?y");
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    String tag = header(service.handle(get("/api/thing", "tag=v1")), "ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");

    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      HttpAnswer answer = ifNoneMatch(known, "tag=v1");
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.body().isEmpty()).isTrue();
      assertThat(header(answer, "ETag")).isEqualTo(tag);
      assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=300");
      assertThat(header(answer, "Content-Type")).isEmpty();
    }
    assertThat(ifNoneMatch(tag, "tag=v2").status()).isEqualTo(200);
    assertThat(ifNoneMatch("*", "tag=x").status()).isEqualTo(400);
  }

  private HttpAnswer ifNoneMatch(String known, String query) {
    return service.handle(call("GET", "/api/thing", query, Map.of("If-None-Match", known), ""));
  }

  @Test
  void parametersAreCheckedAndTheRefusalSaysWhatIsAccepted() {
    for (String query :
        List.of(
            "",
            "tag",
            "tag=",
            "tag=1",
            "tag=v1&tag=v1",
            "tag=v1%",
            "tag=%ff",
            "tag=v1%0a",
            "tag=v1\u0000")) {
      HttpAnswer answer = service.handle(get("/api/thing", query));
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(code(answer)).isEqualTo("invalid_query");
    }
    assertThat(json(service.handle(get("/api/thing", "tag=1"))).get("error").stringValue())
        .isEqualTo(
            "tag is \"1\"; accepted: v and digits; give the parameters that the API's description"
                + " lists, each once");
    assertThat(service.handle(get("/api/thing", "x=%25&tag=v1&tag2=1")).status()).isEqualTo(200);
  }

  @Test
  void bodiesAreStrictJsonWithinBounds() {
    Map<String, String> cases = new HashMap<>();
    cases.put("", "invalid_json");
    cases.put("[]", "invalid_json");
    cases.put("null", "invalid_json");
    cases.put("{\"node_url\":\"a\"", "invalid_json");
    cases.put("{\"node_url\":\"a\"} x", "invalid_json");
    cases.put("{\"node_url\":\"a\",\"node_url\":\"b\"}", "invalid_json");
    cases.put("{\"node_url\":'a'}", "invalid_json");
    cases.put("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}", "invalid_json");
    cases.put("{\"a\":1" + "0".repeat(40) + "}", "invalid_json");
    cases.put("{\"a\":\"" + "x".repeat(101) + "\"}", "invalid_json");
    cases.put("{\"a\":\"" + "x".repeat(200) + "\"}", "body_too_large");
    cases.put("{}", "invalid_field");
    cases.put("{\"node_url\":null}", "invalid_field");
    cases.put("{\"node_url\":1}", "invalid_field");
    cases.put("{\"node_url\":\"a\",\"nodeUrl\":\"a\"}", "invalid_field");
    cases.forEach((body, code) ->
        assertThat(code(service.handle(post("/api/thing", body)))).as(body).isEqualTo(code));
    assertThat(service.handle(post("/api/thing", "{\"nodeUrl\":\"a\",\"more\":1}")).status())
        .isEqualTo(200);
  }

  @Test
  void bodiesInOtherEncodingsAreRefused() {
    byte[] utf16 = "{\"node_url\":\"a\"}".getBytes(StandardCharsets.UTF_16);
    HttpCall call = post("/api/thing", "");
    HttpAnswer answer =
        service.handle(
            new HttpCall(
                call.method(),
                call.path(),
                call.query(),
                call.headers(),
                Bytes.of(utf16),
                call.caller(),
                call.receivedAt()));
    assertThat(code(answer)).isEqualTo("invalid_json");
  }

  private static HttpCall padded(boolean waits, int size) {
    String start = "{\"wait\":%s,\"pad\":\"".formatted(waits);
    return post("/api/waiting", start + "x".repeat(size - start.length() - 2) + "\"}");
  }

  @Test
  void largeBodiesAreWorkedOnAFewAtATimeAndKeepNoSmallOneOut() throws Exception {
    CountDownLatch entered = new CountDownLatch(2);
    CompletableFuture<Void> released = new CompletableFuture<>();
    Endpoint waiting =
        Endpoint.post("/api/waiting", "w", Schema.object().open(), JsonBounds.of(2 << 20))
            .handledBy(request -> {
              if (request.body().flag("wait")) {
                entered.countDown();
                released.join();
              }
              return HttpAnswer.text("text/plain", "done");
            });
    Service own =
        new Service(
            new ServiceInfo("s", "S", "1", false), List.of(waiting), _ -> {}, () -> "i", () -> 0);
    int small = LargeBodies.SMALL;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpAnswer>> inWork = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        inWork.add(executor.submit(() -> own.handle(padded(true, 2 << 20))));
      }
      entered.await();
      HttpAnswer beyond = own.handle(padded(false, small + 1));
      HttpAnswer beside = own.handle(padded(false, small));
      released.complete(null);

      assertThat(json(beyond).get("code").stringValue()).isEqualTo("busy");
      assertThat(header(beyond, "Retry-After")).isEqualTo("10");
      assertThat(beside.status()).isEqualTo(200);
      for (Future<HttpAnswer> one : inWork) {
        assertThat(one.get().status()).isEqualTo(200);
      }
      assertThat(own.handle(padded(false, 2 << 20)).status()).isEqualTo(200);
    }
  }

  @Test
  void bodiesMustBeSaidToBeJson() {
    for (String type : List.of("", "text/plain", "application/x-www-form-urlencoded")) {
      HttpAnswer answer =
          service.handle(call("POST", "/api/thing", "", Map.of("Content-Type", type), "{}"));
      assertThat(answer.status()).as(type).isEqualTo(415);
    }
    HttpAnswer answer =
        service.handle(
            call(
                "POST",
                "/api/thing",
                "",
                Map.of("CONTENT-TYPE", "Application/JSON; charset=utf-8"),
                "{\"node_url\":\"a\"}"));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void pathsQueriesAndHeadersAreBounded() {
    assertThat(service.handle(get("/" + "a".repeat(3_000), "")).status()).isEqualTo(414);
    assertThat(service.handle(get("/api/thing", "a".repeat(5_000))).status()).isEqualTo(414);
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 101; i++) {
      many.put("h" + i, "x");
    }
    assertThat(service.handle(call("GET", "/api/text", "", many, "")).status()).isEqualTo(431);
    Map<String, String> large = Map.of("h", "x".repeat(40_000));
    assertThat(service.handle(call("GET", "/api/text", "", large, "")).status()).isEqualTo(431);
  }

  @Test
  void faultsOfTheProgramAreToldToTheLogAlone() {
    HttpAnswer answer = service.handle(get("/api/broken", ""));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(code(answer)).isEqualTo("internal_error");
    assertThat(new String(answer.body().toArray(), StandardCharsets.UTF_8))
        .doesNotContain("hunter2", "Exception");
    assertThat(events.getLast().cause()).hasMessageContaining("hunter2");
  }

  @Test
  void refusalsMayHaveAnotherStatusAndFurtherFieldsButNoOtherCode() {
    HttpAnswer answer = service.handle(get("/api/refusing", ""));

    assertThat(answer.status()).isEqualTo(418);
    assertThat(code(answer)).isEqualTo("busy");
    assertThat(json(answer).get("so_far").intValue()).isEqualTo(1);
    assertThat(json(answer).get("error").stringValue())
        .isEqualTo("line?break?[2J?; try again later");
  }

  @Test
  void aCallThatCannotBeReadIsAnsweredToo() {
    HttpAnswer answer =
        service.handle(() -> {
          new TransportBody("%%%", true).bytes(100);
          throw new AssertionError("that was no base64");
        });
    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("bad_request");
  }

  @Test
  void theLogHasOneLinePerCallWithNothingOfAStranger() {
    String evil = "/x\r\n{\"level\":\"error\"}\u001b[2J\u202e";
    service.handle(call("EVIL\n", evil, "secret=1", Map.of("authorization", "secret"), "secret"));
    service.handle(get("/api/thing", "tag=v1"));
    service.handle(get("/api/thing", "tag=" + "%0a%1b%5b2J%e2%80%ae"));

    List<String> lines = events.stream().map(event -> JsonLine.of(Sample.NOW, event)).toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.indexOf('\n') == line.length() - 1);
    assertThat(String.join("", lines)).doesNotContain("secret", "\u202e", "\\u001b", "EVIL");
    assertThat(lines.getFirst())
        .contains(
            "\"event\":\"call\"",
            "\"service\":\"sample\"",
            "\"requestId\":\"id-1\"",
            "\"method\":\"other\"",
            "\"path\":\"other\"",
            "\"status\":404",
            "\"code\":\"not_found\"",
            "\"durationMs\":0");
    assertThat(lines.get(1)).contains("\"path\":\"/api/thing\"", "\"code\":\"ok\"");
  }

  @Test
  void aSimulatedServiceSaysSoInEveryAnswer() {
    Service simulated = Sample.service(events::add, true);
    for (HttpCall call :
        List.of(
            get("/api/thing", "tag=v1"),
            get("/", ""),
            get("/api/broken", ""),
            call("OPTIONS", "/api/thing", "", Map.of(), ""),
            get(Service.OPEN_API_PATH, ""))) {
      assertThat(header(simulated.handle(call), "X-Mero-Tee")).isEqualTo("SIMULATED");
    }
    assertThat(json(simulated.handle(get("/", ""))).get("simulated").booleanValue()).isTrue();
  }

  @Test
  void theDescriptionIsServedAndRealAnswersFitIt() {
    HttpAnswer served = service.handle(get(Service.OPEN_API_PATH, ""));
    assertThat(served.status()).isEqualTo(200);
    assertThat(json(served)).isEqualTo(service.openApi());
    OpenApiCheck check = new OpenApiCheck(served.body().toArray());

    for (HttpCall call :
        List.of(
            get("/api/thing", "tag=v1"),
            get("/api/thing", ""),
            get("/api/text", ""),
            get("/api/broken", ""),
            get("/api/refusing", ""),
            call("GET", "/api/thing", "tag=v1", Map.of("if-none-match", "*"), ""),
            post("/api/thing", "{\"node_url\":\"a\"}"),
            post("/api/thing", "x"),
            post("/api/guarded", "{}"),
            post("/api/guarded", "{}").by(new Caller(Proof.LOCAL_OPEN, "me")),
            call("POST", "/api/thing", "", Map.of(), "{}"))) {
      HttpAnswer answer = service.handle(call);
      assertThat(
              check.violations(
                  call.method(),
                  call.path(),
                  answer.status(),
                  answer.contentType(),
                  answer.body().toArray()))
          .as("%s %s %d", call.method(), call.path(), answer.status())
          .isEmpty();
    }
  }

  @Test
  void theCheckOfAnswersFindsWhatIsInNoDescription() {
    OpenApiCheck check = new OpenApiCheck(JsonMapper.shared().writeValueAsBytes(service.openApi()));
    Map<String, String> wrong =
        Map.of(
            "{}", "$: lacks tag",
            "{\"tag\":1}", "$.tag: is not of type string",
            "{\"tag\":\"a\",\"more\":1}", "$.more: is in no description",
            "[]", "$: is not of type object",
            "x", "the body is not JSON");
    wrong.forEach((body, violation) ->
        assertThat(violations(check, "/api/thing", 200, "application/json", body))
            .as(body)
            .containsExactly(violation));
    assertThat(violations(check, "/api/thing", 201, "application/json", "{}")).hasSize(1);
    assertThat(violations(check, "/api/thing", 200, "text/html", "{}")).hasSize(1);
    assertThat(violations(check, "/api/other", 200, "application/json", "{}")).hasSize(1);
    assertThat(violations(check, "/api/thing", 304, "", "x")).hasSize(1);
  }

  private static List<String> violations(
      OpenApiCheck check, String path, int status, String type, String body) {
    return check.violations("GET", path, status, type, body.getBytes(StandardCharsets.UTF_8));
  }
}
