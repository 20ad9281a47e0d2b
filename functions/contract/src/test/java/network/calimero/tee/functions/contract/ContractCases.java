package network.calimero.tee.functions.contract;

import static network.calimero.tee.functions.contract.Replies.refused;
import static network.calimero.tee.functions.contract.Replies.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;

/** What every platform must do alike. */
final class ContractCases {
  private ContractCases() {}

  /** One thing, tried at a target. */
  @FunctionalInterface
  interface Case {
    void holds(Target target) throws Exception;
  }

  static Map<String, Case> all(Surroundings surroundings) {
    Map<String, Case> cases = new LinkedHashMap<>();
    new VerifyCases(surroundings).addTo(cases);
    new PolicyCases(surroundings).addTo(cases);
    new AdmissionCases(surroundings).addTo(cases);
    reads(cases);
    bodies(cases);
    answers(cases);
    refusals(cases);
    return cases;
  }

  private static void reads(Map<String, Case> cases) {
    cases.put(
        "a parameter arrives",
        target -> {
          Reply reply = target.send(Ask.get("/api/thing?tag=one"));
          assertThat(reply.status()).isEqualTo(200);
          assertThat(reply.header("Content-Type")).startsWith("application/json");
          assertThat(reply.json().path("tag").asString()).isEqualTo("one");
        });
    cases.put(
        "percent-encoded UTF-8 and a plus are decoded once",
        target -> {
          Reply reply = target.send(Ask.get("/api/thing?tag=%C3%A4+%E2%82%AC%2520"));
          assertThat(reply.json().path("tag").asString()).isEqualTo("ä €%20");
          assertThat(reply.json().path("query").asString()).isEqualTo("tag=%C3%A4+%E2%82%AC%2520");
        });
    cases.put(
        "several values of a header arrive",
        target -> {
          Ask ask = Ask.get("/api/thing?tag=x").with("X-Several", "a").with("X-Several", "b");
          assertThat(target.send(ask).json().path("several").asString()).isEqualTo("a,b");
        });
    cases.put(
        "cookies arrive",
        target -> {
          Ask ask = Ask.get("/api/thing?tag=x").with("Cookie", "a=1; b=2");
          assertThat(target.send(ask).json().path("cookie").asString()).isEqualTo("a=1; b=2");
        });
  }

  private static void bodies(Map<String, Case> cases) {
    byte[] unicode = "{\"text\": \"ä€𝄞\\u0000\"}".getBytes(StandardCharsets.UTF_8);
    cases.put(
        "a body arrives byte for byte",
        target -> {
          Reply reply = target.send(Ask.post("/api/echo", unicode));
          assertThat(reply.json().path("text").asString()).isEqualTo("ä€𝄞\0");
          assertThat(reply.json().path("sha256").asString()).isEqualTo(hash(unicode));
        });
    cases.put(
        "a body that is carried as text arrives byte for byte",
        target -> {
          Ask ask =
              new Ask("POST", "/api/echo", List.of(), Bytes.of(unicode), false)
                  .with("Content-Type", "application/json; as=text");
          assertThat(target.send(ask).json().path("sha256").asString()).isEqualTo(hash(unicode));
        });
    cases.put(
        "a body at the limit arrives",
        target -> {
          byte[] body = padded(ContractFunction.MAX_BODY);
          Reply reply = target.send(Ask.post("/api/echo", body));
          assertThat(reply.json().path("sha256").asString()).isEqualTo(hash(body));
        });
    cases.put(
        "bytes that are no UTF-8 are refused as JSON",
        refusing(
            Ask.post("/api/echo", "{\"text\": \"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1)),
            400,
            "invalid_json"));
  }

  private static byte[] padded(int size) {
    String json = "{\"text\": \"x\"}";
    return (json + " ".repeat(size - json.length())).getBytes(StandardCharsets.UTF_8);
  }

  private static void answers(Map<String, Case> cases) {
    cases.put(
        "every byte can be answered",
        target -> {
          Reply reply = target.send(Ask.get("/api/bytes"));
          assertThat(reply.body()).isEqualTo(ContractFunction.everyByte());
          assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
        });
    cases.put(
        "much is answered",
        target ->
            assertThat(target.send(Ask.get("/api/large")).body().length())
                .isEqualTo(ContractFunction.LARGE + 2));
    cases.put(
        "nothing is answered",
        target -> {
          Reply reply = target.send(Ask.get("/api/nothing"));
          assertThat(reply.status()).isEqualTo(204);
          assertThat(reply.body().isEmpty()).isTrue();
        });
    cases.put(
        "cookies are answered one by one",
        target ->
            assertThat(target.send(Ask.get("/api/cookies")).all("Set-Cookie"))
                .containsExactly("a=1; Path=/", "b=2, 3"));
    cases.put(
        "every call is described",
        target ->
            assertThat(
                    target.send(Ask.get("/api/openapi.json")).json().path("paths").propertyNames())
                .contains(
                    "/api/verify",
                    "/api/releases",
                    "/api/policy",
                    "/api/node-policy",
                    "/api/compat-map",
                    "/api/policy/merod-config",
                    "/api/policy/candidates",
                    "/api/policy/diff",
                    "/api/policy/lint",
                    "/api/admission"));
    cases.put(
        "every answer has a name of its own",
        target -> {
          String one = target.send(Ask.get("/api/nothing")).header("X-Request-Id");
          String other = target.send(Ask.get("/api/nothing")).header("X-Request-Id");
          assertThat(one).isNotEmpty().isNotEqualTo(other);
        });
  }

  private static void refusals(Map<String, Case> cases) {
    cases.put("an unknown path", refusing(Ask.get("/api/nowhere"), 404, "not_found"));
    cases.put(
        "a known path spelled otherwise", refusing(Ask.get("/api/thing/?tag=x"), 404, "not_found"));
    cases.put("the root", refusing(Ask.get("/"), 404, "not_found"));
    cases.put(
        "too many headers",
        target -> {
          Ask ask = Ask.get("/api/thing?tag=x");
          for (int i = 0; i < 110; i++) {
            ask = ask.with("X-" + i, "v");
          }
          refused(target.send(ask), 431, "headers_too_large");
        });
    cases.put("a status of its own", refusing(Ask.get("/api/refusing"), 418, "busy"));
    cases.put(
        "a fault tells nothing of itself",
        target -> {
          Reply reply = target.send(Ask.get("/api/broken"));
          refused(reply, 500, "internal_error");
          assertThat(new String(reply.body().toArray(), StandardCharsets.UTF_8))
              .doesNotContain("hunter2", "Exception");
        });
  }

  private static String hash(byte[] body) {
    return Sha256.of(Bytes.of(body)).hex();
  }
}
