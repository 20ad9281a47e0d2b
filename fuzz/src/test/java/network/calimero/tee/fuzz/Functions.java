package network.calimero.tee.fuzz;

import java.net.ProxySelector;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.functions.admission.AdmissionFunction;
import network.calimero.tee.functions.admission.AdmissionParts;
import network.calimero.tee.functions.admission.AdmissionSettings;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.api.SettingsException;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.policy.PolicyFunction;
import network.calimero.tee.functions.policy.PolicyParts;
import network.calimero.tee.functions.verify.NewestReleases;
import network.calimero.tee.functions.verify.VerifyFunction;
import network.calimero.tee.functions.verify.VerifyParts;
import network.calimero.tee.functions.verify.VerifySettings;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.DocumentReport;

/** The functions on {@link Genuine}, as one service. Whoever they would ask is not there. */
final class Functions {
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final CollateralSource COLLATERAL = (_, _, _) -> Genuine.COLLATERAL;
  private static final Caller CALLER =
      new Caller(Caller.Proof.AWS_IAM, "arn:aws:sts::123456789012:assumed-role/manager/m");

  private final Service service;

  Functions() {
    List<Endpoint> endpoints = new ArrayList<>();
    try {
      endpoints.addAll(new VerifyFunction(verify()).endpoints());
      endpoints.addAll(new AdmissionFunction(admission()).endpoints());
    } catch (OutboundException | NoSuchAlgorithmException | SettingsException e) {
      throw new IllegalStateException(e);
    }
    endpoints.addAll(
        new PolicyFunction(PolicyParts.simulated(store(), Genuine.ANCHOR, COLLATERAL)).endpoints());
    service =
        new Service(
            new ServiceInfo("fuzzing", "Fuzzing", "1", true),
            endpoints,
            _ -> {},
            () -> "id",
            () -> 0);
  }

  private static VerifyParts verify()
      throws OutboundException, NoSuchAlgorithmException, SettingsException {
    OutboundUrl nobody = OutboundUrl.parse(NOBODY);
    return VerifyParts.simulated(
        Settings.read(Map.of(), VerifySettings.all()),
        new OutboundHttp("fuzzing", _ -> List.of(), SSLContext.getDefault(), () -> 0),
        Genuine.ANCHOR,
        COLLATERAL,
        Authority.simulated(nobody, nobody, "issuer", Optional.empty()),
        new VerifyParts.PublishedReleases(
            (version, asset, _) ->
                new DocumentReport(version, asset, List.of(), new DocumentReport.Absent()),
            NewestReleases.none(),
            true),
        () -> Bytes.of(new byte[32]),
        () -> 0);
  }

  private static AdmissionParts admission() throws SettingsException {
    Map<String, String> environment =
        Map.of(
            "ADMISSION_RELEASES",
            "2.3.40",
            "ADMISSION_REGISTRATION_CONSTANT",
            "5a".repeat(32),
            "ADMISSION_CALLERS",
            CALLER.name());
    return AdmissionParts.simulated(
        Settings.read(environment, AdmissionSettings.ALL),
        store(),
        Genuine.ANCHOR,
        COLLATERAL,
        _ -> {});
  }

  private static ReleaseStore store() {
    return ReleaseStore.simulated(
        new ReleaseStore.Access(
            List.of(ReleasesUrl.of(NOBODY)), URI.create(NOBODY), ProxySelector.of(null), PATIENCE),
        SignatureTargets.root());
  }

  /** What they serve. */
  List<Endpoint> endpoints() {
    return service.endpoints();
  }

  /** The largest body that is read. */
  int maxBody() {
    return service.maxBody();
  }

  /** Calls an endpoint as somebody who may. */
  HttpAnswer call(Endpoint endpoint, String query, Bytes body) {
    return service.handle(
        new HttpCall(
            endpoint.method().name(),
            endpoint.path(),
            query,
            Headers.none().with("Content-Type", "application/json"),
            body,
            Optional.of(CALLER),
            Genuine.NOW));
  }
}
