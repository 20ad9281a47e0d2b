package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ProxySelector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/** The verifier under simulated roots, with all that it asks behind real sockets. */
final class VerifierFixture implements AutoCloseable {
  static final Bytes MADE_HERE = Bytes.of("a nonce of the verifier's own 32".getBytes(UTF_8));
  private static final ProxySelector DIRECT = ProxySelector.of(null);
  private static final Duration TIME = Duration.ofSeconds(60);
  final PcsServer pcs;
  final TrustAuthorityServer ita;
  final ReleaseServer store;
  private final CachingCollateralSource collateral;
  private final ReleaseStore releases;
  private final OutboundHttp http;
  private final VerifyFunction function;
  final Service service;

  /** What can be different from one test to the next. */
  record Options(Optional<String> itaKey, Duration timeout) {
    static final Options DEFAULT = new Options(Optional.of("a-key"), TIME);

    Options withoutItaKey() {
      return new Options(Optional.empty(), timeout);
    }

    Options within(Duration time) {
      return new Options(itaKey, time);
    }

    Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>();
      itaKey.ifPresent(key -> environment.put("ITA_API_KEY", key));
      environment.put("VERIFY_TIMEOUT_SECONDS", String.valueOf(timeout.toSeconds()));
      environment.put("NODE_ALLOWED_HOSTS", "127.0.0.1:*");
      environment.put("KMS_ALLOWED_HOSTS", "127.0.0.1:*");
      return environment;
    }
  }

  VerifierFixture(Options options, SimulatedRelease release) throws Exception {
    pcs = PcsServer.start().serve(Scene.PLATFORM.collateral());
    ita = TrustAuthorityServer.start(InstantSource.fixed(Scene.NOW)).keys(Scene.ITA_KEY);
    store = ReleaseServer.start().serve(release).serve(release.sigstore());
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Scene.PLATFORM.pki().root().der()));
    collateral =
        new CachingCollateralSource(
            List.of(PcsBase.of(pcs.baseUri().toString())),
            anchor,
            VerifierOptions.STRICT,
            PcsLimits.DEFAULT,
            CachePolicy.DEFAULT,
            InstantSource.fixed(Scene.NOW));
    releases =
        ReleaseStore.simulated(
            new ReleaseStore.Access(
                List.of(ReleasesUrl.of(store.releases().toString())), store.log(), DIRECT, TIME),
            TrustedRoot.parse(Bytes.of(release.sigstore().trustedRootJson())));
    http = new OutboundHttp("test", _ -> List.of(), SSLContext.getDefault(), System::nanoTime);
    function = new VerifyFunction(parts(options, anchor));
    service =
        new Service(
            new ServiceInfo("verify", "Verifier", "1", function.isSimulated()),
            function.endpoints(),
            event -> {},
            () -> "id-1",
            System::nanoTime);
  }

  private VerifyParts parts(Options options, TrustAnchor anchor) throws Exception {
    Authority authority =
        Authority.simulated(
            OutboundUrl.parse(ita.baseUri() + TrustAuthorityServer.APPRAISAL_PATH),
            OutboundUrl.parse(ita.baseUri() + TrustAuthorityServer.KEYS_PATH),
            TrustAuthorityServer.ISSUER,
            Optional.empty());
    return VerifyParts.simulated(
        Settings.read(options.environment(), VerifySettings.all()),
        http,
        anchor,
        collateral,
        authority,
        VerifyParts.PublishedReleases.of(releases),
        () -> MADE_HERE,
        System::nanoTime);
  }

  HttpAnswer post(String body) {
    return service.handle(
        new HttpCall(
            "POST",
            VerifyFunction.PATH,
            "",
            Headers.of(Map.of("Content-Type", "application/json")),
            Bytes.of(body.getBytes(UTF_8)),
            Optional.empty(),
            Scene.NOW));
  }

  @Override
  public void close() {
    function.close();
    collateral.close();
    releases.close();
    http.close();
    pcs.close();
    ita.close();
    store.close();
  }
}
