package network.calimero.tee.kms.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.kms.cluster.RootHolder;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.server.cluster.ClusterSettings;
import network.calimero.tee.kms.server.cluster.Replica;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.log.EventLog;

/**
 * A plain TDX VM without dstack: keys of a root that its cluster shares, quotes from the kernel,
 * and collateral from the configured servers.
 */
public final class TdxPlatform implements Platform {
  static final String KIND = "tdx";

  /** How many platforms' collateral and PCK chains are remembered as proven. */
  private static final int REMEMBERED = 256;

  private static final VerifierOptions OPTIONS = VerifierOptions.STRICT;

  private final CachingCollateralSource collateral;
  private final Replica replica;
  private final KmsPorts ports;

  private TdxPlatform(CachingCollateralSource collateral, Replica replica, KmsPorts ports) {
    this.collateral = collateral;
    this.replica = replica;
    this.ports = ports;
  }

  /**
   * Opens the platform: takes a quote of this machine, and contacts nobody.
   *
   * @param pcsServers where collateral is asked for, in that order
   * @param policy what keys are released under; its TCB statuses are also asked of replicas
   * @throws UnfitReplicaException if this machine must not be a replica, saying why
   */
  public static TdxPlatform open(
      ClusterSettings settings,
      List<PcsBase> pcsServers,
      CurrentPolicy policy,
      TrustAnchor anchor,
      InstantSource clock,
      FreshnessGuard freshness,
      SecureRandom random,
      EventLog log)
      throws UnfitReplicaException {
    CachingCollateralSource collateral =
        new CachingCollateralSource(
            pcsServers, anchor, OPTIONS, PcsLimits.DEFAULT, CachePolicy.DEFAULT, clock);
    DcapVerifier verifier = DcapVerifier.caching(anchor, OPTIONS, REMEMBERED);
    Replica replica;
    try {
      replica =
          new Replica(
              settings,
              new OnlineVerifier(verifier, collateral),
              freshness,
              policy,
              clock,
              random,
              log);
    } catch (UnfitReplicaException e) {
      collateral.close();
      throw e;
    }
    RootHolder root = replica.member().root();
    KmsPorts ports =
        new KmsPorts(
            root.deriver(),
            replica.quotes(),
            () -> new BackendProbe.BackendStatus(KIND, root.missing()),
            verifier,
            collateral,
            collateral::status,
            clock,
            freshness,
            random,
            root.challengeKeys(),
            Optional.of(replica.member()),
            Optional.empty());
    return new TdxPlatform(collateral, replica, ports);
  }

  @Override
  public KmsPorts ports() {
    return ports;
  }

  @Override
  public void begin(EventLog log) {
    collateral.keepFresh();
    replica.begin();
  }

  @Override
  public void close() {
    replica.close();
    collateral.close();
  }
}
