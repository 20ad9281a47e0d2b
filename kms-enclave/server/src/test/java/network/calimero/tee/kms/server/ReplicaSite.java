package network.calimero.tee.kms.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.server.cluster.ClusterSettings;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.kms.server.policy.SignedReleases;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import network.calimero.tee.simulator.tsm.SimulatedTsm;
import tools.jackson.databind.JsonNode;

/** A replica as production builds it, all but its root of trust: on a simulated configfs-tsm. */
final class ReplicaSite implements AutoCloseable {
  /** An image of the KMS: its init service extended RTMR3. */
  static final TdImage IMAGE = TdImage.named("kms").withRtmr(3, filled(0x33));

  private static final Duration RETRY = Duration.ofMillis(10);

  final RecordedLog log = new RecordedLog();
  final TestClock clock = new TestClock(Site.NOW);
  final KmsServer kms;
  final KmsHttp http;
  volatile boolean quotingIsGone;
  private final TdxPlatform platform;

  private ReplicaSite(World world, TdImage image, boolean bootstrap, List<URI> peers)
      throws IOException, UnfitReplicaException {
    SimulatedTdxMachine machine = world.platform.launch(image);
    Path tsm = SimulatedTsm.quoting(asked -> quote(machine, asked)).root();
    ClusterSettings settings =
        new ClusterSettings(bootstrap, peers, RETRY, tsm, world.folder.resolve("CCEL"));
    KmsConfig config = world.config();
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(world.platform.pki().root().der()));
    PolicyFeed policy = SignedReleases.feed(config, log);
    platform =
        TdxPlatform.open(
            settings,
            config.pcsServers(),
            policy.policy(),
            anchor,
            clock,
            KmsProcess.freshness(config.floors(), Optional.of(Site.BUILT), clock.instant(), log),
            new SecureRandom(),
            log);
    kms = KmsServer.start(config, policy, platform.ports(), HttpLimits.DEFAULT, log);
    http = new KmsHttp(kms.address());
  }

  private byte[] quote(SimulatedTdxMachine machine, byte[] reportData) throws IOException {
    if (quotingIsGone) {
      throw new IOException("nobody makes quotes");
    }
    return machine.quote(reportData);
  }

  static byte[] filled(int value) {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** What replicas of one cluster have around them. */
  static final class World implements AutoCloseable {
    final SimulatedPlatform platform = SimulatedPlatform.at(Site.NOW);
    final PcsServer pcs;
    final Path folder;

    /** Of those that are made from then on, beside the usual ones. */
    final Map<String, String> settings = new HashMap<>();

    World(Path folder) throws IOException {
      this.pcs = PcsServer.start().serve(platform.collateral());
      this.folder = folder;
    }

    private KmsConfig config() {
      Map<String, String> variables = new HashMap<>(Site.policyVariables());
      variables.put("LISTEN_ADDR", "127.0.0.1:0");
      variables.put("PCS_URLS", pcs.baseUri().toString());
      variables.putAll(settings);
      try {
        return KmsConfig.read(variables, Image.SILENT);
      } catch (ConfigurationException e) {
        throw new IllegalArgumentException(e);
      }
    }

    /** One that serves, and was not told yet to get the root. */
    ReplicaSite waiting(boolean bootstrap, URI... peers) throws Exception {
      return new ReplicaSite(this, IMAGE, bootstrap, List.of(peers));
    }

    /** One that makes the root. */
    ReplicaSite first(URI... peers) throws Exception {
      ReplicaSite replica = waiting(true, peers);
      replica.begin();
      replica.awaitRoot();
      return replica;
    }

    /** One that joins, of an image. */
    ReplicaSite joining(TdImage image, URI... peers) throws Exception {
      ReplicaSite replica = new ReplicaSite(this, image, false, List.of(peers));
      replica.begin();
      return replica;
    }

    /** One that has joined. */
    ReplicaSite joined(URI... peers) throws Exception {
      ReplicaSite replica = joining(IMAGE, peers);
      replica.awaitRoot();
      return replica;
    }

    @Override
    public void close() {
      pcs.close();
    }
  }

  void begin() {
    platform.begin(log);
  }

  URI address() {
    return kms.address();
  }

  KmsHttp.Answer health() {
    return http.get("/health");
  }

  String fingerprint() {
    return health().text("clusterRootFingerprint");
  }

  void awaitRoot() {
    JsonNode health = health().json();
    while (!health.get("clusterRootReady").booleanValue()) {
      if (health.has("lastJoinError")) {
        throw new AssertionError("no root: " + health.get("lastJoinError"));
      }
      health = health().json();
    }
  }

  /** Why the last attempt to join failed, once one has. */
  String awaitJoinError() {
    while (true) {
      String error = health().json().path("lastJoinError").asString("");
      if (!error.isEmpty()) {
        return error;
      }
    }
  }

  @Override
  public void close() {
    platform.close();
    kms.close();
    http.close();
  }
}
