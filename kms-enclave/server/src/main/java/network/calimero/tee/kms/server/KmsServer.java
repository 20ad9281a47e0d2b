package network.calimero.tee.kms.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.kms.attest.Attestation;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.release.EvidenceCheck;
import network.calimero.tee.kms.release.GetKey;
import network.calimero.tee.kms.release.KeyRelease;
import network.calimero.tee.kms.server.http.ClusterRoutes;
import network.calimero.tee.kms.server.http.HttpFront;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.server.http.KmsRoutes;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/** A running key server. Knows its ports only: which platform and which root is theirs to say. */
public final class KmsServer implements AutoCloseable {
  private static final int QUOTES_AT_A_TIME = 4;
  private static final Duration MAX_WAIT_FOR_QUOTES = Duration.ofSeconds(10);
  private static final int PROCESS_ID_SIZE = 4;

  private final HttpFront front;
  private final PolicyFeed policy;
  private final URI address;
  private final KmsConfig config;
  private final EventLog log;

  private KmsServer(HttpFront front, PolicyFeed policy, KmsConfig config, EventLog log) {
    this.front = front;
    this.policy = policy;
    this.address = address(config, front);
    this.config = config;
    this.log = log;
  }

  /**
   * Starts with everything at hand, believing Sigstore's public infrastructure.
   *
   * @throws IOException saying what to do, if the configured address cannot be listened on
   * @throws ConfigurationException if the image's own root for signatures cannot be read
   */
  public static KmsServer start(KmsConfig config, KmsPorts ports, HttpLimits limits, EventLog log)
      throws IOException, ConfigurationException {
    PolicyFeed policy = PolicyFeed.of(config, Trust.PRODUCTION.releases(), ports.random(), log);
    return start(config, policy, ports, limits, log);
  }

  /**
   * The same under a policy that need not be from the configuration.
   *
   * @param policy closed with the server
   * @throws IOException saying what to do, if the configured address cannot be listened on
   */
  static KmsServer start(
      KmsConfig config, PolicyFeed policy, KmsPorts ports, HttpLimits limits, EventLog log)
      throws IOException {
    return start(config, policy, () -> ports, ports.cluster(), ports.random(), limits, log);
  }

  /**
   * Starts to listen while the rest is still being made: {@code /health} answers at once, other
   * requests wait for it.
   *
   * @param policy begun when the rest is made, closed with the server
   * @param ports called once, on a thread of its own
   * @param cluster what the ports will have as such
   * @throws IOException saying what to do, if the configured address cannot be listened on
   */
  static KmsServer start(
      KmsConfig config,
      PolicyFeed policy,
      Supplier<KmsPorts> ports,
      Optional<ClusterMember> cluster,
      SecureRandom random,
      HttpLimits limits,
      EventLog log)
      throws IOException {
    Warming<KmsRoutes> routes =
        new Warming<>(
            "warm-up",
            () -> {
              KmsRoutes made = routes(config, policy.policy(), ports.get());
              policy.begin();
              return made;
            });
    byte[] process = new byte[PROCESS_ID_SIZE];
    random.nextBytes(process);
    HttpFront front =
        HttpFront.start(
            config.listenAddress(),
            limits,
            config.corsAllowedOrigins(),
            routes,
            cluster.map(ClusterRoutes::new),
            log,
            process,
            System::nanoTime);
    KmsServer server = new KmsServer(front, policy, config, log);
    server.tellStart();
    routes.begin();
    return server;
  }

  private static KmsRoutes routes(KmsConfig config, CurrentPolicy configured, KmsPorts ports) {
    ServiceKeys serviceKeys = new ServiceKeys(ports.keys());
    CurrentPolicy dated = dated(configured, ports.freshness());
    CurrentPolicy policy =
        ports.cluster().isPresent() ? ports.cluster().get().root().whenFilled(dated) : dated;
    GetKey getKey =
        new GetKey(
            ports.clock(),
            policy,
            new ChallengeIssuer(ports.challengeKeys(), ports.random(), config.challengeTtl()),
            consumed(config, ports),
            new EvidenceCheck(ports.verifier(), ports.collateral(), ports.freshness()),
            new KeyRelease(ports.keys(), serviceKeys, config.keyPrefixes(), ports.random()),
            config.sealingRequired());
    Attestation attestation =
        new Attestation(
            ports.quotes(),
            serviceKeys,
            new WorkGate(QUOTES_AT_A_TIME, MAX_WAIT_FOR_QUOTES),
            vouchesForNothing(config, ports));
    return new KmsRoutes(getKey, attestation, new Readiness(config, policy, ports));
  }

  /** Whose signature is as good as collateral's for telling that the clock was turned back. */
  private static CurrentPolicy dated(CurrentPolicy policy, FreshnessGuard freshness) {
    return () -> {
      PolicyState state = policy.current();
      if (state instanceof PolicyState.Ready ready) {
        ready.signedAt().ifPresent(freshness::saw);
      }
      return state;
    };
  }

  /**
   * Whether nobody relies on what its quotes vouch for: where plain keys are given, to nodes that
   * ask for no transport key, and there is no root to be had with a quote.
   */
  private static boolean vouchesForNothing(KmsConfig config, KmsPorts ports) {
    return !config.sealingRequired() && ports.cluster().isEmpty();
  }

  private static ConsumedChallenges consumed(KmsConfig config, KmsPorts ports) {
    return ports.challengeStore().isPresent()
        ? ports.challengeStore().get()
        : new InMemoryConsumedChallenges(config.maxConsumedChallenges());
  }

  private void tellStart() {
    config
        .warnings()
        .forEach(warning ->
            log.tell(LogEvent.of(Level.WARNING, "config.warning").with("details", warning)));
    log.tell(
        LogEvent.of(Level.INFO, "server.started")
            .with("address", address().toString())
            .with("profile", config.profile().text())
            .with("pinned", config.pinned())
            .with("backend", config.backend().kind())
            .with("keyNamespacePrefix", config.keyPrefixes().node())
            .with("securityDigest", config.securityDigest()));
  }

  private static URI address(KmsConfig config, HttpFront front) {
    String host = config.listenAddress().host();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, front.port()));
  }

  /** Where it listens, or listened. */
  public URI address() {
    return address;
  }

  /** Stops accepting, finishes requests in flight (at most 20 s), and lets go of the port. */
  @Override
  public void close() {
    front.close();
    policy.close();
    log.tell(LogEvent.of(Level.INFO, "server.stopped"));
  }
}
