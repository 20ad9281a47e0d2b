package network.calimero.tee.kms.server.cluster;

import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.cluster.OwnMeasurements;
import network.calimero.tee.kms.cluster.Peer;
import network.calimero.tee.kms.cluster.RootGiver;
import network.calimero.tee.kms.cluster.RootHolder;
import network.calimero.tee.kms.cluster.RootJoiner;
import network.calimero.tee.kms.cluster.SameAsMe;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.policy.Register;

/** A replica put together: it knows what it is, gives the root, and gets it. */
public final class Replica implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final OwnMeasurements own;
  private final TdxQuotes quotes;
  private final ClusterMember member;
  private final ServiceKeys serviceKeys;
  private final HttpClient client;
  private final RootSeeker seeker;
  private final EventLog log;

  /**
   * A replica on this machine.
   *
   * @param policy has the TCB statuses that peers may have
   * @throws UnfitReplicaException if this machine must not be one, saying why
   */
  public Replica(
      ClusterSettings settings,
      OnlineVerifier verifier,
      FreshnessGuard freshness,
      CurrentPolicy policy,
      InstantSource clock,
      SecureRandom random,
      EventLog log)
      throws UnfitReplicaException {
    this.quotes = new TdxQuotes(settings.tsmRoot(), settings.ccel());
    this.own = OwnMeasurements.take(quotes);
    this.log = log;
    SameAsMe rule = new SameAsMe(verifier, freshness, own, policy);
    RootHolder holder = new RootHolder();
    this.serviceKeys = new ServiceKeys(holder.deriver());
    this.member =
        new ClusterMember(holder, new RootGiver(holder, rule, quotes, clock, random), serviceKeys);
    this.client = PeerClient.newClient(CONNECT);
    List<Peer> peers =
        settings.peers().stream().<Peer>map(p -> new PeerClient(client, p, ANSWER)).toList();
    RootJoiner joiner = new RootJoiner(rule, quotes, clock, random);
    this.seeker = new RootSeeker(settings, peers, joiner, member, clock, random, log);
  }

  /** Says what this machine is, and begins to get the root in the background. */
  public void begin() {
    LogEvent measured = LogEvent.of(Level.INFO, "cluster.self");
    for (Register register : Register.values()) {
      measured = measured.with(register.name(), own.registers().get(register).hex());
    }
    log.tell(measured);
    seeker.begin();
  }

  /** Its quotes. */
  public TdxQuotes quotes() {
    return quotes;
  }

  /** What others see of it. */
  public ClusterMember member() {
    return member;
  }

  /** Stops, and wipes the root: if no other replica holds it, every key is lost. */
  @Override
  public void close() {
    seeker.close();
    client.shutdownNow();
    serviceKeys.close();
    member.root().close();
  }
}
