package network.calimero.tee.functions.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fleet.RegistrationHash;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the functions ask, simulated and behind real sockets, once for all targets: Intel's
 * collateral and Trust Authority, the release host, and a node.
 */
final class Surroundings implements AutoCloseable {
  static final String VERSION = "2.3.112";
  static final String PROFILE = "locked-read-only";
  static final String CALLER = "arn:aws:sts::123456789012:assumed-role/mdma/mdma";
  static final byte[] NONCE = "the nonce of whoever is asking, ".getBytes(US_ASCII);
  private static final String CONSTANT = "5e".repeat(32);
  private static final String ROOTS = "CONTRACT_ROOTS";
  private static final String AUTHORITY = "CONTRACT_AUTHORITY";

  private final Path folder;
  private final SimulatedPlatform platform;
  private final SimulatedTdxMachine machine;
  private final SimulatedRelease release;
  private final PcsServer intel;
  private final TrustAuthorityServer authority;
  private final ReleaseServer releases;
  private final LoopbackServer node;

  /** Starts all of it; the roots to believe are files in that folder. */
  Surroundings(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    Instant now = clock.instant();
    platform = SimulatedPlatform.at(now);
    machine = platform.launch(TdImage.named("node"));
    SimulatedSigstore sigstore = SimulatedSigstore.at(now.minus(Duration.ofDays(1)));
    release =
        SimulatedRelease.builder(VERSION, ReleaseGeneration.C)
            .sigstore(sigstore)
            .madeAt(now.minus(Duration.ofHours(1)))
            .node(PROFILE, machine)
            .build();
    Files.write(folder.resolve("platform.der"), platform.pki().root().der());
    Files.write(folder.resolve("sigstore.json"), sigstore.trustedRootJson());
    intel = PcsServer.start().serve(platform.collateral());
    authority = TrustAuthorityServer.start(clock);
    releases = ReleaseServer.start().serve(release);
    node = LoopbackServer.start(0, this::attest);
  }

  /** What each target is configured with. */
  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry(ROOTS, folder.toString()),
        Map.entry(AUTHORITY, authority.baseUri().toString()),
        Map.entry("ITA_API_KEY", "simulated"),
        Map.entry("PCS_URLS", intel.baseUri().toString()),
        Map.entry("RELEASES_URL", releases.releases().toString()),
        Map.entry("REKOR_URL", releases.log().toString()),
        Map.entry("NODE_ALLOWED_HOSTS", "127.0.0.1:*"),
        Map.entry("ADMISSION_RELEASES", VERSION),
        Map.entry("ADMISSION_CALLERS", CALLER),
        Map.entry("ADMISSION_REGISTRATION_CONSTANT", CONSTANT));
  }

  /** A file with the root of all that, as a process was told. */
  static Bytes root(Map<String, String> environment, String file) {
    try {
      return Bytes.of(Files.readAllBytes(Path.of(environment.get(ROOTS), file)));
    } catch (IOException e) {
      throw new IllegalStateException("no root " + file, e);
    }
  }

  static String authority(Map<String, String> environment) {
    return environment.getOrDefault(AUTHORITY, "");
  }

  /** A file of the release. */
  Bytes asset(String name) {
    return Bytes.of(release.file(name));
  }

  /** Where the node answers. */
  String nodeUrl() {
    return node.baseUri().toString();
  }

  /** A quote over the nonce and zeros. */
  String quote() {
    return quote(Bytes.of(NONCE), Bytes.of(new byte[32]));
  }

  /** A registration that is bound to that relay, as the newest sidecar makes it. */
  ObjectNode registration(String challenge, String relay) {
    String account = "abababab";
    Bytes hash =
        new RegistrationHash(challenge, "12D3KooWPeer", account, relay, Optional.empty()).value();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("peer_id", "12D3KooWPeer").put("mrtd", Bytes.of(machine.mrTd()).hex());
    body.put("executor_account", account).put("relay_url", relay).put("challenge", challenge);
    return body.put("quote", quote(hash, Bytes.fromHex(CONSTANT)))
        .put("quote_binding", "registration");
  }

  private String quote(Bytes first, Bytes second) {
    byte[] reportData = ReportData.of(first, second).value().toArray();
    return Base64.getEncoder().encodeToString(machine.quote(reportData));
  }

  private HttpAnswer attest(HttpCall call) {
    String nonce = JsonMapper.shared().readTree(call.body()).path("nonce").asString("");
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("quoteB64", quote(Bytes.fromHex(nonce), Bytes.of(new byte[32])));
    return HttpAnswer.ok("application/json", answer.toString().getBytes(UTF_8));
  }

  @Override
  public void close() {
    node.close();
    releases.close();
    authority.close();
    intel.close();
  }
}
