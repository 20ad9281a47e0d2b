package network.calimero.tee.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.VerifyFunction;
import network.calimero.tee.functions.verify.VerifyParts;
import network.calimero.tee.functions.verify.VerifySettings;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The verifier under simulated roots, and evidence for it. */
final class SimulatedVerifier implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final String PROFILE = "locked-read-only";
  private static final byte[] BINDING = Hash.sha256("mero-kms-phala-attest-v1".getBytes(UTF_8));
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final ProxySelector DIRECT = ProxySelector.of(null);

  private final SimulatedTdxMachine kms;
  private final PcsServer pcs;
  private final ReleaseServer files;
  private final CachingCollateralSource collateral;
  private final ReleaseStore releases;
  private final OutboundHttp http;
  private final VerifyFunction function;

  SimulatedVerifier() throws Exception {
    SimulatedPlatform platform = SimulatedPlatform.at(NOW);
    DstackApp app = DstackApp.named("kms");
    kms = app.launch(platform, TdImage.named("dstack"));
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.74", ReleaseGeneration.B)
            .kms(PROFILE, kms)
            .composeHash(PROFILE, app.composeHash())
            .build();
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(platform.pki().root().der()));
    pcs = PcsServer.start().serve(platform.collateral());
    files = ReleaseServer.start().serve(release);
    collateral =
        new CachingCollateralSource(
            List.of(PcsBase.of(pcs.baseUri().toString())),
            anchor,
            VerifierOptions.STRICT,
            PcsLimits.DEFAULT,
            CachePolicy.DEFAULT,
            InstantSource.fixed(NOW));
    releases =
        ReleaseStore.simulated(
            new ReleaseStore.Access(
                List.of(ReleasesUrl.of(files.releases().toString())), files.log(), DIRECT, TIME),
            TrustedRoot.parse(Bytes.of(release.sigstore().trustedRootJson())));
    http = new OutboundHttp("bench", _ -> List.of(), SSLContext.getDefault(), System::nanoTime);
    function = new VerifyFunction(parts(anchor));
  }

  private VerifyParts parts(TrustAnchor anchor) throws Exception {
    OutboundUrl nobody = OutboundUrl.parse("https://authority.example");
    return VerifyParts.simulated(
        Settings.read(Map.of(), VerifySettings.all()),
        http,
        anchor,
        collateral,
        Authority.simulated(nobody, nobody, "nobody", Optional.empty()),
        VerifyParts.PublishedReleases.of(releases),
        () -> Bytes.of(new byte[32]),
        System::nanoTime);
  }

  Service service() {
    return new Service(
        new ServiceInfo("verify", "Verifier", "1", function.isSimulated()),
        function.endpoints(),
        event -> {},
        () -> "id",
        System::nanoTime);
  }

  /** A call that pastes what the KMS answered to a nonce of that number. */
  Bytes body(int number) {
    byte[] nonce = Hash.sha256(("nonce " + number).getBytes(UTF_8));
    byte[] reportData = network.calimero.tee.simulator.codec.Bytes.concat(nonce, BINDING);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode attestation = body.putObject("attestation");
    attestation.put("quoteB64", base64(kms.quote(reportData)));
    attestation.set("eventLog", JsonMapper.shared().readTree(EventLogDocument.of(kms).toString()));
    body.put("nonce_b64", base64(nonce));
    return Bytes.of(JsonMapper.shared().writeValueAsBytes(body));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    function.close();
    http.close();
    releases.close();
    collateral.close();
    files.close();
    pcs.close();
  }
}
