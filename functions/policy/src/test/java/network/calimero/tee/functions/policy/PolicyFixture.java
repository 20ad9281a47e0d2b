package network.calimero.tee.functions.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.testkit.OpenApiCheck;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The policy function with a release store and Intel around it, over real sockets. */
final class PolicyFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final String LOCKED = "locked-read-only";
  static final String OLD_POLICY = "kms-phala-attestation-policy.locked-read-only.json";
  static final String NEW_POLICY = "kms-attestation-policy.locked-read-only.json";

  private static final SimulatedSigstore SIGSTORE =
      SimulatedSigstore.at(NOW.minus(Duration.ofDays(40)));

  static final SimulatedRelease OLDEST = release("2.3.40", ReleaseGeneration.A, 30);
  static final SimulatedRelease OLDER = release("2.3.74", ReleaseGeneration.B, 20);
  static final SimulatedRelease NEWER = release("2.3.112", ReleaseGeneration.C, 10);
  static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  final ReleaseServer server = ReleaseServer.start().serve(OLDEST).serve(OLDER).serve(NEWER);
  final PcsServer intel = PcsServer.start().serve(PLATFORM.collateral());
  private final ReleaseStore store;
  private final CachingCollateralSource collateral;
  private final PolicyFunction function;
  private final Service service;
  private final OpenApiCheck description;

  PolicyFixture() throws Exception {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(PLATFORM.pki().root().der()));
    store =
        ReleaseStore.simulated(
            access(server), TrustedRoot.parse(Bytes.of(SIGSTORE.trustedRootJson())));
    collateral =
        new CachingCollateralSource(
            List.of(PcsBase.of(intel.baseUri().toString())),
            anchor,
            VerifierOptions.STRICT,
            PcsLimits.DEFAULT,
            CachePolicy.DEFAULT,
            InstantSource.fixed(NOW));
    function = new PolicyFunction(PolicyParts.simulated(store, anchor, collateral));
    service =
        new Service(
            new ServiceInfo("policy", "Policies", "1", function.isSimulated()),
            function.endpoints(),
            event -> {},
            () -> "id-1",
            () -> 0);
    description = new OpenApiCheck(JsonMapper.shared().writeValueAsBytes(service.openApi()));
  }

  private static SimulatedRelease release(String version, ReleaseGeneration generation, int days) {
    return SimulatedRelease.builder(version, generation)
        .sigstore(SIGSTORE)
        .madeAt(NOW.minus(Duration.ofDays(days)))
        .build();
  }

  /** Where it answers, but for its description. */
  List<String> paths() {
    return service.endpoints().stream()
        .map(Endpoint::path)
        .filter(path -> !path.equals(Service.OPEN_API_PATH))
        .toList();
  }

  static ReleaseStore.Access access(ReleaseServer server) {
    return new ReleaseStore.Access(
        List.of(ReleasesUrl.of(server.releases().toString())),
        server.log(),
        ProxySelector.of(null),
        Duration.ofSeconds(20));
  }

  static byte[] trustedRoot() {
    return SIGSTORE.trustedRootJson();
  }

  /** Every answer is held to the description that is served beside it. */
  HttpAnswer call(
      String method, String path, String query, Map<String, String> headers, String body) {
    HttpAnswer answer =
        service.handle(
            new HttpCall(
                method,
                path,
                query,
                Headers.of(headers),
                Bytes.of(body.getBytes(UTF_8)),
                Optional.empty(),
                NOW));
    assertThat(
            description.violations(
                method,
                path,
                answer.status(),
                answer.headers().find("Content-Type").orElse(""),
                answer.body().toArray()))
        .isEmpty();
    assertThat(answer.headers().find("X-Mero-Tee")).contains("SIMULATED");
    return answer;
  }

  HttpAnswer get(String path, String query) {
    return call("GET", path, query, Map.of(), "");
  }

  HttpAnswer post(String path, ObjectNode body) {
    return call("POST", path, "", Map.of("Content-Type", "application/json"), body.toString());
  }

  static JsonNode json(HttpAnswer answer) {
    return JsonMapper.shared().readTree(answer.body().toArray());
  }

  /** Status, and the code of a refusal. */
  static String outcome(HttpAnswer answer) {
    return answer.status() == 200
        ? "200"
        : answer.status() + " " + json(answer).path("code").asString("");
  }

  static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  static String text(HttpAnswer answer) {
    return new String(answer.body().toArray(), UTF_8);
  }

  @Override
  public void close() {
    function.close();
    collateral.close();
    store.close();
    intel.close();
    server.close();
  }
}
