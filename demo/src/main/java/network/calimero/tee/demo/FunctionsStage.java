package network.calimero.tee.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The functions asked over HTTP, as the verifier page and the control plane ask them. */
final class FunctionsStage {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PEER = "12D3KooWDemonstration";
  private static final String ACCOUNT = "ab".repeat(32);
  private static final int HALF = 32;

  private final SimulatedSite site;
  private final SimulatedFunctions functions;
  private final URI kmsUrl;
  private final Screen screen;

  FunctionsStage(SimulatedSite site, SimulatedFunctions functions, URI kmsUrl, Screen screen) {
    this.site = site;
    this.functions = functions;
    this.kmsUrl = kmsUrl;
    this.screen = screen;
  }

  /** Asks them; whether they answer as they must. */
  boolean play() {
    screen.section("The functions: public verification, policy, admission");
    boolean kms = screen.row("anybody verifies the KMS", () -> verified("kms_url", kmsUrl));
    boolean node =
        screen.row("anybody verifies a node", () -> verified("node_url", functions.nodeUrl()));
    boolean policy = screen.row("the policy is served, verified", this::policy);
    boolean admitted = screen.row("a node that registers is admitted", this::admitted);
    return kms && node && policy && admitted && attacks();
  }

  private boolean attacks() {
    boolean relayed =
        refused(
            "a node's public quote, sent by somebody else",
            () -> admission(site.nodeMachine().quote(reportData(new byte[HALF]))),
            "claimed_not_enabled");
    boolean foreign =
        refused(
            "a node with another program",
            () -> admission(site.foreignMachine().quote(reportData(constant()))),
            "measurements");
    boolean inward =
        refused(
            "the verifier is sent to a cloud's metadata",
            () -> post("/api/verify", body("node_url", "http://169.254.169.254")),
            "address_not_public");
    return relayed && foreign && inward;
  }

  private Outcome verified(String field, URI url) throws IOException, InterruptedException {
    JsonNode verdict = post("/api/verify", body(field, url.toString())).path("verdict");
    String result = verdict.path("result").asString("none");
    String checks =
        verdict
            .path("checks")
            .valueStream()
            .map(check -> check.path("name").asString("") + " " + check.path("result").asString(""))
            .collect(Collectors.joining(", "));
    return new Outcome(result.equals("passed"), result, checks);
  }

  private Outcome policy() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    at(
                        "/api/policy?tag=mero-kms-v%s&profile=locked-read-only"
                            .formatted(SimulatedReleases.VERSION)))
                .GET());
    return new Outcome(
        answer.statusCode() == 200,
        "status " + answer.statusCode(),
        answer.headers().firstValue("X-Mero-Verified").orElse(""));
  }

  private Outcome admitted() throws IOException, InterruptedException {
    JsonNode decision = admission(site.nodeMachine().quote(reportData(constant())));
    return new Outcome(
        decision.path("admitted").asBoolean(false)
            && decision.path("assurance").asString("").equals("attested"),
        decision.path("assurance").asString("not admitted"),
        decision.path("release").asString("") + ", " + decision.path("profile").asString(""));
  }

  private boolean refused(String title, Callable<JsonNode> call, String code) {
    return screen.row(
        title,
        () -> {
          JsonNode answer = call.call();
          boolean fits = answer.toString().toLowerCase(Locale.ROOT).contains(code);
          return new Outcome(
              fits && !answer.path("admitted").asBoolean(false),
              fits ? "refused" : "not refused for that",
              answer
                  .path("error")
                  .asString(answer.path("reasons").path(0).path("text").asString("")));
        });
  }

  private JsonNode admission(byte[] quote) throws IOException, InterruptedException {
    ObjectNode body = body("peer_id", PEER);
    body.put("executor_account", ACCOUNT).put("relay_url", "").put("challenge", "c-1");
    return post("/api/admission", body.put("quote", Base64.getEncoder().encodeToString(quote)));
  }

  /** The registration's hash, then what only a registering node has in its quote (fleet.md, 2). */
  private static byte[] reportData(byte[] second) {
    byte[] registration = "c-1|%s|%s|".formatted(PEER, ACCOUNT).getBytes(StandardCharsets.UTF_8);
    byte[] reportData = new byte[2 * HALF];
    System.arraycopy(Sha256.of(Bytes.of(registration)).toArray(), 0, reportData, 0, HALF);
    System.arraycopy(second, 0, reportData, HALF, HALF);
    return reportData;
  }

  private static byte[] constant() {
    return SimulatedFunctions.REGISTRATION_CONSTANT.toArray();
  }

  private static ObjectNode body(String field, String value) {
    return JsonMapper.shared().createObjectNode().put(field, value);
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    return JsonMapper.shared().readTree(send(request).body());
  }

  private URI at(String path) {
    return functions.url().resolve(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
  }
}
