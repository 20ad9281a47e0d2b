package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.MisconfiguredException;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.Trust;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.local.LocalProcess;
import network.calimero.tee.functions.local.LocalServer;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The functions as they are deployed, on this machine and under simulated roots: of the platform,
 * of releases, and of an authority in Intel Trust Authority's place. Beside them a node that they
 * can ask.
 */
public final class SimulatedFunctions implements AutoCloseable {
  /** In place of merod's registration constant, which no source tells (fleet.md). */
  static final Bytes REGISTRATION_CONSTANT = Bytes.fromHex("5e".repeat(32));

  private final Closeables open;
  private final LocalServer server;
  private final SimulatedNode node;

  private SimulatedFunctions(Closeables open, LocalServer server, SimulatedNode node) {
    this.open = open;
    this.server = server;
    this.node = node;
  }

  /**
   * Starts them on a free port of the loopback address.
   *
   * @param pages a folder of the verifier page that was built for demonstrations
   * @param log what they log
   */
  public static SimulatedFunctions start(
      SimulatedSite site, SimulatedReleases releases, Optional<Path> pages, Path log)
      throws IOException {
    Closeables open = new Closeables();
    try {
      TrustAuthorityServer ita = open.add(TrustAuthorityServer.start(InstantSource.system()));
      SimulatedNode node = open.add(SimulatedNode.start(site.nodeMachine()));
      PrintStream out = open.add(new PrintStream(Files.newOutputStream(log), true, UTF_8));
      Map<String, String> environment = environment(site, releases);
      environment.put("ITA_APPRAISAL_URL", ita.baseUri() + TrustAuthorityServer.APPRAISAL_PATH);
      if (pages.isPresent()) {
        environment.put("FUNCTIONS_PAGES", page(pages.get(), site, releases).toString());
      }
      LocalServer server =
          open.add(
              LocalProcess.start(
                  environment, functions(site, releases, authority(ita)), Host.system(out)));
      return new SimulatedFunctions(open, server, node);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    } catch (OutboundException | MalformedException | MisconfiguredException e) {
      open.close();
      throw new IOException("the functions do not start: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> environment(SimulatedSite site, SimulatedReleases releases) {
    return new HashMap<>(
        Map.ofEntries(
            Map.entry("FUNCTIONS_PORT", "0"),
            Map.entry("PCS_URLS", site.pcsUrl()),
            Map.entry("RELEASES_URL", releases.url().toString()),
            Map.entry("REKOR_URL", releases.log().toString()),
            Map.entry("ITA_API_KEY", "simulated"),
            Map.entry("NODE_ALLOWED_HOSTS", "127.0.0.1:*"),
            Map.entry("KMS_ALLOWED_HOSTS", "127.0.0.1:*"),
            Map.entry("ADMISSION_RELEASES", SimulatedReleases.VERSION),
            Map.entry("ADMISSION_REGISTRATION_CONSTANT", REGISTRATION_CONSTANT.hex())));
  }

  private static List<Deployable> functions(
      SimulatedSite site, SimulatedReleases releases, Authority authority)
      throws IOException, MalformedException {
    Trust.Simulated trust =
        new Trust.Simulated(
            site.anchor(), TrustedRoot.parse(Bytes.of(Files.readAllBytes(releases.trustedRoot()))));
    return List.of(
        VerifyDeployable.simulated(trust, authority),
        PolicyDeployable.simulated(trust),
        AdmissionDeployable.simulated(trust).openForDevelopment());
  }

  private static Authority authority(TrustAuthorityServer ita) throws OutboundException {
    return Authority.simulated(
        OutboundUrl.parse(ita.baseUri() + TrustAuthorityServer.APPRAISAL_PATH),
        OutboundUrl.parse(ita.baseUri() + TrustAuthorityServer.KEYS_PATH),
        TrustAuthorityServer.ISSUER,
        Optional.empty());
  }

  /** A copy of the page that is told which roots to believe. */
  private static Path page(Path built, SimulatedSite site, SimulatedReleases releases)
      throws IOException {
    Path folder = site.file("page");
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(built.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    ObjectNode config = JsonMapper.shared().createObjectNode().put("functions", "");
    config.put("simulatedRoot", Files.readString(site.root()));
    config.put("simulatedSigstore", Files.readString(releases.trustedRoot()));
    Files.writeString(folder.resolve("config.json"), config.toString());
    return folder;
  }

  /**
   * Their base URL: {@code /api/verify} and the rest are below it; and the page, if there is one.
   */
  public URI url() {
    return URI.create(server.url());
  }

  /** The base URL of a node that they can ask. */
  public URI nodeUrl() {
    return node.url();
  }

  @Override
  public void close() {
    open.close();
  }
}
