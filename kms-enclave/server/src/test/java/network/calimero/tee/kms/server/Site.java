package network.calimero.tee.kms.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.kms.server.policy.SignedReleases;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;

/**
 * A key server as production builds it, all but its root: on a simulated dstack agent, with a
 * simulated PCS, over real sockets. Nodes run the image {@link #NODE_IMAGE}.
 */
final class Site implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** When the server's sources were committed, as far as it knows. */
  static final Instant BUILT = NOW.minus(Duration.ofDays(1));

  static final TdImage NODE_IMAGE = TdImage.named("node");

  private static final Map<String, String> UNSEALED =
      Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");

  final TestClock clock = new TestClock(NOW);
  final RecordedLog log = new RecordedLog();
  final SimulatedPki pki = SimulatedPki.at(NOW);
  final SimulatedPlatform platform = SimulatedPlatform.builder(NOW).pki(pki).build();
  final DstackApp app = DstackApp.named("kms");
  final PcsServer pcs;
  final DstackAgent agent;
  final KmsServer kms;
  final KmsHttp http;

  private final Path folder;
  private final DstackPlatform opened;
  private final KmsConfig config;

  private Site(Map<String, String> environment, Optional<CurrentPolicy> policy, HttpLimits limits)
      throws IOException {
    pcs = PcsServer.start().serve(platform.collateral());
    // Paths of Unix sockets are short, those of a test's own folder may not be.
    folder = Files.createTempDirectory("kms");
    Path socket = folder.resolve("dstack.sock");
    agent = DstackAgent.start(socket, app, app.launch(platform, TdImage.named("kms")));
    Map<String, String> variables = new HashMap<>();
    variables.put("LISTEN_ADDR", "127.0.0.1:0");
    variables.put("DSTACK_SOCKET_PATH", socket.toString());
    variables.put("PCS_URLS", pcs.baseUri().toString());
    variables.putAll(environment);
    config = config(variables);
    opened = open(config);
    PolicyFeed feed = policy.map(PolicyFeed::of).orElseGet(() -> SignedReleases.feed(config, log));
    kms = KmsServer.start(config, feed, opened.ports(), limits, log);
    http = new KmsHttp(kms.address());
  }

  private DstackPlatform open(KmsConfig config) {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(pki.root().der()));
    FreshnessGuard freshness =
        KmsProcess.freshness(config.floors(), Optional.of(BUILT), clock.instant(), log);
    return DstackPlatform.open(config, anchor, clock, freshness, new SecureRandom());
  }

  private static KmsConfig config(Map<String, String> variables) {
    try {
      return KmsConfig.read(variables, Image.SILENT);
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Releases keys to nodes of {@link #NODE_IMAGE} on an UpToDate platform. */
  static Site open() throws IOException {
    return open(Map.of());
  }

  /** The same with some variables set otherwise. */
  static Site open(Map<String, String> environment) throws IOException {
    return open(environment, HttpLimits.DEFAULT);
  }

  /** The same with other limits. */
  static Site open(Map<String, String> environment, HttpLimits limits) throws IOException {
    Map<String, String> variables = new HashMap<>(policyVariables());
    variables.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
    variables.putAll(environment);
    return new Site(variables, Optional.empty(), limits);
  }

  /** With nothing set but where things are. */
  static Site withoutPolicy() throws IOException {
    return new Site(UNSEALED, Optional.empty(), HttpLimits.DEFAULT);
  }

  /** The same under a policy that is not from the environment. */
  static Site under(CurrentPolicy policy) throws IOException {
    return new Site(UNSEALED, Optional.of(policy), HttpLimits.DEFAULT);
  }

  /** The policy that accepts {@link #NODE_IMAGE}. */
  static Map<String, String> policyVariables() {
    SimulatedTdxMachine node = SimulatedPlatform.at(NOW).launch(NODE_IMAGE);
    HexFormat hex = HexFormat.of();
    Map<String, String> variables = new HashMap<>();
    variables.put("USE_ENV_POLICY", "true");
    variables.put("ALLOWED_MRTD", hex.formatHex(node.mrTd()));
    for (int register = 0; register < 4; register++) {
      variables.put("ALLOWED_RTMR" + register, hex.formatHex(node.rtmr(register)));
    }
    return variables;
  }

  /** One more key server of the same app, under the same settings, to be closed by itself. */
  Another another() throws IOException {
    DstackPlatform platform = open(config);
    PolicyFeed feed = SignedReleases.feed(config, log);
    KmsServer server = KmsServer.start(config, feed, platform.ports(), HttpLimits.DEFAULT, log);
    return new Another(platform, server, new KmsHttp(server.address()));
  }

  /** A key server beside the first. */
  record Another(DstackPlatform opened, KmsServer kms, KmsHttp http) implements AutoCloseable {
    @Override
    public void close() {
      kms.close();
      opened.close();
      http.close();
    }
  }

  KmsConfig config() {
    return config;
  }

  KmsPorts ports() {
    return opened.ports();
  }

  /** A node of the accepted image with an identity of its own. */
  Node node() {
    return new Node(http, platform.launch(NODE_IMAGE));
  }

  /** The key that dstack derives at a path, lower-case hex. */
  String keyAt(String path) {
    return HexFormat.of().formatHex(app.key(path, "secp256k1"));
  }

  @Override
  public void close() throws IOException {
    kms.close();
    opened.close();
    agent.close();
    pcs.close();
    http.close();
    Files.deleteIfExists(folder);
  }
}
