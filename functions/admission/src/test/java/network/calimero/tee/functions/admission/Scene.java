package network.calimero.tee.functions.admission;

import java.io.IOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.testkit.OpenApiCheck;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The admission function with Intel and a release host around it, over real sockets. */
final class Scene implements AutoCloseable {
  /** What merod ends registrations with, in this scene. */
  static final String CONSTANT = "5a".repeat(32);

  static final Caller MDMA =
      new Caller(Caller.Proof.AWS_IAM, "arn:aws:sts::123456789012:assumed-role/mdma/manager");

  private static final Map<String, String> USUAL =
      Map.of(
          "ADMISSION_RELEASES",
          Fleet.VERSION,
          "ADMISSION_REGISTRATION_CONSTANT",
          CONSTANT,
          "ADMISSION_CALLERS",
          "arn:aws:sts::123456789012:assumed-role/mdma/*, m@p.example.org");

  final ReleaseServer releases = ReleaseServer.start().serve(Fleet.RELEASE);
  final PcsServer intel =
      PcsServer.start().serve(Fleet.PLATFORM.collateral()).serve(Fleet.OUT_OF_DATE.collateral());
  final List<LogEvent> events = new ArrayList<>();

  private final CachingCollateralSource collateral;
  private final ReleaseStore store;
  private final AdmissionParts parts;

  /** With the usual settings, some of them changed; an empty one is not set. */
  Scene(String... changed) throws Exception {
    Map<String, String> environment = new HashMap<>(USUAL);
    for (int i = 0; i < changed.length; i += 2) {
      environment.put(changed[i], changed[i + 1]);
    }
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Fleet.PLATFORM.pki().root().der()));
    collateral =
        new CachingCollateralSource(
            List.of(PcsBase.of(intel.baseUri().toString())),
            anchor,
            VerifierOptions.STRICT,
            PcsLimits.DEFAULT,
            CachePolicy.DEFAULT,
            InstantSource.fixed(Fleet.NOW));
    store =
        ReleaseStore.simulated(
            new ReleaseStore.Access(
                List.of(ReleasesUrl.of(releases.releases().toString())),
                releases.log(),
                ProxySelector.of(null),
                Duration.ofSeconds(20)),
            TrustedRoot.parse(Bytes.of(Fleet.trustedRoot())));
    parts =
        AdmissionParts.simulated(
            Settings.read(environment, AdmissionSettings.ALL),
            store,
            anchor,
            collateral,
            events::add);
  }

  HttpAnswer ask(ObjectNode body) {
    return ask(body.toString());
  }

  HttpAnswer ask(String body) {
    return ask(body, MDMA, parts);
  }

  HttpAnswer askAs(@Nullable Caller caller, ObjectNode body) {
    return ask(body.toString(), caller, parts);
  }

  HttpAnswer askOpen(Caller caller, ObjectNode body) {
    return ask(body.toString(), caller, parts.openForDevelopment());
  }

  /** Every answer is held to the description that is served beside it. */
  private HttpAnswer ask(String body, @Nullable Caller caller, AdmissionParts with) {
    AdmissionFunction function = new AdmissionFunction(with);
    Service service =
        new Service(
            new ServiceInfo("admission", "Admission", "1", function.isSimulated()),
            function.endpoints(),
            events::add,
            () -> "id-1",
            () -> 0);
    HttpAnswer answer =
        service.handle(
            new HttpCall(
                "POST",
                AdmissionEndpoint.PATH,
                "",
                Headers.none().with("Content-Type", "application/json"),
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                Optional.ofNullable(caller),
                Fleet.NOW));
    List<String> violations =
        new OpenApiCheck(JsonMapper.shared().writeValueAsBytes(service.openApi()))
            .violations(
                "POST",
                AdmissionEndpoint.PATH,
                answer.status(),
                answer.headers().find("Content-Type").orElse(""),
                answer.body().toArray());
    if (!violations.isEmpty()) {
      throw new AssertionError(violations + " in " + json(answer).toPrettyString());
    }
    return answer;
  }

  static JsonNode json(HttpAnswer answer) {
    return JsonMapper.shared().readTree(answer.body().toArray());
  }

  /**
   * What came of a call, on one line: the assurance of whoever is admitted, {@code refused} with
   * every reason's code, {@code no verdict} with its code; or status and code of anything else.
   */
  static String outcome(HttpAnswer answer) {
    JsonNode json = json(answer);
    JsonNode admitted = json.path("admitted");
    if (admitted.isBoolean()) {
      boolean yes = admitted.booleanValue();
      if (answer.status() != (yes ? 200 : 403)) {
        return "a verdict with status " + answer.status();
      }
      return yes ? json.get("assurance").stringValue() : "refused " + codes(json);
    }
    return (answer.status() == 503 ? "no verdict " : answer.status() + " ")
        + json.path("code").asString("");
  }

  private static String codes(JsonNode json) {
    return json.get("reasons")
        .valueStream()
        .map(reason -> reason.get("code").stringValue())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() throws IOException {
    collateral.close();
    store.close();
    intel.close();
    releases.close();
  }
}
