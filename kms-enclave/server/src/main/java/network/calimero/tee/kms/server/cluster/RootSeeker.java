package network.calimero.tee.kms.server.cluster;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.cluster.ClusterRoot;
import network.calimero.tee.kms.cluster.JoinException;
import network.calimero.tee.kms.cluster.Peer;
import network.calimero.tee.kms.cluster.RootJoiner;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * Gets the root, in the background, while the replica already serves: makes it or joins, and tries
 * again until it has it (kms-config.md, "Start-up of a TDX replica").
 */
final class RootSeeker implements AutoCloseable {
  private static final int MAX_REASON = 1_500;

  /** How often a peer that does not answer is asked whether it holds a root. */
  private static final int BOOTSTRAP_ROUNDS = 3;

  /** Said whenever a root is taken: there is no other copy anywhere. */
  private static final String WARNING =
      "the root lives only in the memory of the replicas: when the last of them ends, every key is"
          + " lost for good. Run several, on several hosts, and never restart all of them at once";

  private final ClusterSettings settings;
  private final List<Peer> peers;
  private final RootJoiner joiner;
  private final ClusterMember member;
  private final InstantSource clock;
  private final SecureRandom random;
  private final EventLog log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("cluster-root").unstarted(this::seek);
  private String told = "";

  RootSeeker(
      ClusterSettings settings,
      List<Peer> peers,
      RootJoiner joiner,
      ClusterMember member,
      InstantSource clock,
      SecureRandom random,
      EventLog log) {
    this.settings = settings;
    this.peers = List.copyOf(peers);
    this.joiner = joiner;
    this.member = member;
    this.clock = clock;
    this.random = random;
    this.log = log;
  }

  /** Begins; to be called once. */
  void begin() {
    thread.start();
  }

  private void seek() {
    if (settings.bootstrap() && mayBootstrap()) {
      take(ClusterRoot.generate(random), Level.WARNING, "cluster.root.created", "");
      return;
    }
    while (!joinAny() && !isClosedAfterPause()) {
      // The next round.
    }
  }

  /**
   * Whether no peer says that it holds a root: a second one would give nodes other keys. One that
   * does not answer may only be out of reach for now, as is everybody while a machine starts, so it
   * is asked again, and in the end decides nothing: before the first root no peer may be there.
   */
  private boolean mayBootstrap() {
    List<Peer> silent = peers;
    for (int round = 1; !silent.isEmpty() && round <= BOOTSTRAP_ROUNDS; round++) {
      if (round > 1 && isClosedAfterPause()) {
        return false;
      }
      List<Peer> stillSilent = new ArrayList<>();
      for (Peer peer : silent) {
        try {
          if (peer.saysItHoldsARoot()) {
            tellRefusedBootstrap(peer);
            return false;
          }
        } catch (JoinException e) {
          stillSilent.add(peer);
          tellUnasked(peer, e);
        }
      }
      silent = stillSilent;
    }
    return true;
  }

  private void tellRefusedBootstrap(Peer peer) {
    log.tell(
        LogEvent.of(Level.WARNING, "cluster.bootstrap.refused")
            .with("peer", peer.name())
            .with(
                "details",
                "MERO_KMS_BOOTSTRAP=true is refused, for this peer says that it holds a root: a"
                    + " second one would give nodes other keys. Joining instead; remove the"
                    + " variable"));
  }

  private void tellUnasked(Peer peer, JoinException why) {
    log.tell(
        LogEvent.of(Level.WARNING, "cluster.bootstrap.unasked")
            .with("peer", peer.name())
            .with("details", String.valueOf(why.getMessage())));
  }

  private boolean joinAny() {
    List<String> reasons = new ArrayList<>();
    List<String> causes = new ArrayList<>();
    for (Peer peer : peers) {
      try {
        take(joiner.join(peer), Level.INFO, "cluster.root.joined", peer.name());
        return true;
      } catch (JoinException e) {
        reasons.add(peer.name() + ": " + e.getMessage());
        Optional.ofNullable(e.getCause()).map(Throwable::getMessage).ifPresent(causes::add);
      } catch (RuntimeException e) {
        // Without this the thread would end, and the replica never hold a root.
        log.tell(LogEvent.of(Level.ERROR, "cluster.join.fault").causedBy(e));
        reasons.add(peer.name() + ": a fault of this KMS; its log says more");
      }
      if (closed.getCount() == 0) {
        return true;
      }
    }
    tellFailure(joined(reasons), joined(causes));
    return false;
  }

  private void take(ClusterRoot root, Level level, String event, String peer) {
    member.root().hold(root, clock.instant());
    LogEvent taken =
        LogEvent.of(level, event)
            .with("fingerprint", member.health().fingerprint().orElse(""))
            .with("warning", WARNING);
    log.tell(peer.isEmpty() ? taken : taken.with("peer", peer));
  }

  private static String joined(List<String> texts) {
    return PlainText.bounded(String.join("; ", texts), MAX_REASON);
  }

  /**
   * In the log only if it is another reason than in the round before.
   *
   * @param causes what led to it, for the log alone: it may name local paths
   */
  private void tellFailure(String reason, String causes) {
    if (!reason.equals(told)) {
      told = reason;
      log.tell(
          LogEvent.of(Level.WARNING, "cluster.join.failed")
              .with("details", reason)
              .with("reason", causes)
              .with("consequence", "serving, but without keys; trying again"));
    }
    member.joinFailed(reason);
  }

  private boolean isClosedAfterPause() {
    try {
      return closed.await(settings.joinRetry().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops trying. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
