package network.calimero.tee.functions.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every setting of every function leads to a simulated platform and simulated releases, which are
 * good in themselves: only the roots that production was built with stand against them.
 */
class ProductionTrustTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final Caller MDMA =
      new Caller(Caller.Proof.AWS_IAM, "arn:aws:sts::123456789012:assumed-role/mdma/mdma");
  private static final Host HOST = new Host(_ -> {}, InstantSource.fixed(NOW), () -> "i", () -> 0);

  private static SimulatedTdxMachine machine;
  private static PcsServer pcs;
  private static ReleaseServer releases;
  private static SimulatedSigstore sigstore;
  private static SimulatedPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = SimulatedPlatform.builder(NOW).build();
    machine = DstackApp.named("merod").launch(platform, TdImage.named("node image"));
    pcs = PcsServer.start().serve(platform.collateral());
    sigstore = SimulatedSigstore.at(NOW);
    releases =
        ReleaseServer.start()
            .serve(
                SimulatedRelease.builder("2.3.74", ReleaseGeneration.B)
                    .sigstore(sigstore)
                    .madeAt(NOW.minusSeconds(3600))
                    .node("locked-read-only", machine)
                    .build());
  }

  @AfterAll
  static void stop() {
    pcs.close();
    releases.close();
  }

  private static Map<String, String> everything() {
    return Map.ofEntries(
        Map.entry("PCS_URLS", pcs.baseUri().toString()),
        Map.entry("RELEASES_URL", releases.releases().toString()),
        Map.entry("RELEASES_MIRRORS", releases.releases().toString()),
        Map.entry("REKOR_URL", releases.log().toString()),
        Map.entry("GITHUB_TOKEN", "a-token"),
        Map.entry("ITA_API_KEY", "key"),
        Map.entry("ITA_APPRAISAL_URL", pcs.baseUri() + "/appraise"),
        Map.entry("ITA_AUDIENCE", "anybody"),
        Map.entry("ITA_REQUESTS_PER_DAY", "0"),
        Map.entry("VERIFY_TIMEOUT_SECONDS", "60"),
        Map.entry("NODE_ALLOWED_HOSTS", "127.0.0.1:*"),
        Map.entry("KMS_ALLOWED_HOSTS", "127.0.0.1:*"),
        Map.entry("ADMISSION_RELEASES", "2.3.74"),
        Map.entry("ADMISSION_PROFILES", "debug,debug-read-only,locked-read-only"),
        Map.entry("ADMISSION_REGISTRATION_CONSTANT", "ab".repeat(32)),
        Map.entry("ADMISSION_ALLOW_CLAIMED", "true"),
        Map.entry("ADMISSION_CALLERS", MDMA.name()),
        Map.entry("ADMISSION_VALID_FOR", "PT1M"));
  }

  private static Service start(Deployable function) throws MisconfiguredException {
    return new Startup(everything(), List.of(), HOST).start(function);
  }

  private static JsonNode ask(
      Service service, String method, String path, String query, String body) {
    HttpAnswer answer =
        service.handle(
            new HttpCall(
                method,
                path,
                query,
                Headers.of(Map.of("Content-Type", "application/json")),
                Bytes.of(body.getBytes(UTF_8)),
                Optional.of(MDMA),
                NOW));
    return JsonMapper.shared().readTree(answer.body().toArray());
  }

  private static String quote() {
    return Base64.getEncoder().encodeToString(machine.quote(new byte[64]));
  }

  private static JsonNode verify(Deployable function) throws MisconfiguredException {
    return ask(
        start(function),
        "POST",
        "/api/verify",
        "",
        "{\"attestation\":{\"quoteB64\":\"%s\"}}".formatted(quote()));
  }

  /** Otherwise a new one could be forgotten here. */
  @Test
  void everySettingIsTried() {
    assertThat(
            List.of(
                    VerifyDeployable.production(),
                    PolicyDeployable.production(),
                    AdmissionDeployable.production())
                .stream()
                .flatMap(function -> function.settings().stream())
                .map(Setting::name)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(new HashMap<>(everything()).keySet());
  }

  @Test
  void noSettingMakesTheVerifierBelieveASimulatedPlatform() throws Exception {
    JsonNode answer = verify(VerifyDeployable.production());
    assertThat(answer.has("simulated")).isFalse();
    assertThat(answer.path("verdict").toString()).contains("root_untrusted");
  }

  @Test
  void noSettingMakesPolicyServeASimulatedRelease() throws Exception {
    JsonNode answer =
        ask(
            start(PolicyDeployable.production()),
            "GET",
            "/api/node-policy",
            "tag=mero-tee-v2.3.74",
            "");
    assertThat(answer.path("code").asString()).isEqualTo("release_refused");
    assertThat(answer.has("simulated")).isFalse();
  }

  @Test
  void noSettingAdmitsASimulatedNode() throws Exception {
    JsonNode answer =
        ask(
            start(AdmissionDeployable.production()),
            "POST",
            "/api/admission",
            "",
            "{\"peer_id\":\"12D3KooWPeer\",\"quote\":\"%s\"}".formatted(quote()));
    assertThat(answer.path("admitted").isBoolean()).isTrue();
    assertThat(answer.path("admitted").booleanValue()).isFalse();
    assertThat(answer.path("reasons").toString()).contains("root_untrusted");
    assertThat(answer.has("simulated")).isFalse();
  }

  /** The same of the same, under roots that fit: what refuses above are the roots alone. */
  @Test
  void underSimulatedRootsAllOfItHoldsAndSaysSimulated() throws Exception {
    Trust.Simulated trust =
        new Trust.Simulated(
            TrustAnchor.of(Bytes.of(platform.pki().root().der())),
            TrustedRoot.parse(Bytes.of(sigstore.trustedRootJson())));
    JsonNode policy =
        ask(
            start(PolicyDeployable.simulated(trust)),
            "GET",
            "/api/node-policy",
            "tag=mero-tee-v2.3.74",
            "");
    assertThat(policy.path("profiles").has("locked-read-only")).isTrue();
    JsonNode admission =
        ask(
            start(AdmissionDeployable.simulated(trust)),
            "POST",
            "/api/admission",
            "",
            "{\"peer_id\":\"12D3KooWPeer\",\"quote\":\"%s\"}".formatted(quote()));
    assertThat(admission.path("simulated").asBoolean(false)).isTrue();
    assertThat(admission.path("release").asString()).isEqualTo("mero-tee-v2.3.74");
    assertThat(admission.path("tcb_status").asString()).isEqualTo("UpToDate");
  }
}
