package network.calimero.tee.kms.server;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.guest.AppInfo;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.kms.config.Backend;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.keys.DerivedChallengeKeys;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.server.redis.RedisChallengeStore;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * A real platform: the dstack agent at its socket, and collateral from the configured servers.
 * Which root is believed is decided by whoever constructs it in code, and by nothing else.
 */
public final class DstackPlatform implements Platform {
  /** How many platforms' collateral and PCK chains are remembered as proven. */
  private static final int REMEMBERED = 256;

  private static final VerifierOptions OPTIONS = VerifierOptions.STRICT;

  private final DstackBackend backend;
  private final CachingCollateralSource collateral;
  private final KmsPorts ports;

  private DstackPlatform(
      DstackBackend backend, CachingCollateralSource collateral, KmsPorts ports) {
    this.backend = backend;
    this.collateral = collateral;
    this.ports = ports;
  }

  /**
   * Opens the platform; nothing is contacted yet, so nothing needs to be there yet.
   *
   * @param config with dstack for a backend
   */
  public static DstackPlatform open(
      KmsConfig config,
      TrustAnchor anchor,
      InstantSource clock,
      FreshnessGuard freshness,
      SecureRandom random) {
    CachingCollateralSource collateral =
        new CachingCollateralSource(
            config.pcsServers(), anchor, OPTIONS, PcsLimits.DEFAULT, CachePolicy.DEFAULT, clock);
    Backend.Dstack settings = settings(config.backend());
    DstackBackend backend = new DstackBackend(settings.socket(), clock);
    KmsPorts alone =
        new KmsPorts(
            backend,
            backend,
            backend,
            DcapVerifier.caching(anchor, OPTIONS, REMEMBERED),
            collateral,
            collateral::status,
            clock,
            freshness,
            random);
    KmsPorts ports =
        settings
            .redis()
            .map(url ->
                alone.sharing(
                    new DerivedChallengeKeys(new ServiceKeys(backend)),
                    new RedisChallengeStore(url, clock)))
            .orElse(alone);
    return new DstackPlatform(backend, collateral, ports);
  }

  private static Backend.Dstack settings(Backend backend) {
    return switch (backend) {
      case Backend.Dstack dstack -> dstack;
      case Backend.Tdx _ -> throw new IllegalArgumentException("this platform is dstack's");
    };
  }

  @Override
  public KmsPorts ports() {
    return ports;
  }

  @Override
  public void begin(EventLog log) {
    collateral.keepFresh();
    tellApp(log);
  }

  /** Keys hang on the app's identity, so the log has it. */
  private void tellApp(EventLog log) {
    try {
      AppInfo app = backend.info();
      log.tell(
          LogEvent.of(Level.INFO, "dstack.app")
              .with("appId", app.appId())
              .with("instanceId", app.instanceId())
              .with("composeHash", app.composeHash()));
    } catch (GuestException e) {
      log.tell(
          LogEvent.of(Level.WARNING, "dstack.unavailable")
              .with("details", String.valueOf(e.getMessage()))
              .with("consequence", "serving, but without keys and quotes until it answers"));
    }
  }

  @Override
  public void close() {
    ports.challengeStore().ifPresent(ChallengeStore::close);
    collateral.close();
    backend.close();
  }
}
