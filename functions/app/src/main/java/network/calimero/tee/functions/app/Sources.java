package network.calimero.tee.functions.app;

import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Lazily;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;

/** What functions ask about machines and releases; proven under one trust before it counts. */
final class Sources {
  private static final Duration PER_FILE = Duration.ofSeconds(8);

  private Sources() {}

  /** Intel's collateral. */
  static CollateralSource collateral(Settings settings, Trust trust, Host host) {
    return new LazyCollateral(
        Lazily.of(() ->
            new CachingCollateralSource(
                settings.get(SourceSettings.PCS_URLS),
                trust.platforms(),
                VerifierOptions.STRICT,
                PcsLimits.DEFAULT,
                CachePolicy.DEFAULT,
                host.clock())));
  }

  /** Releases. */
  static ReleaseStore releases(Settings settings, Trust trust) {
    List<ReleasesUrl> servers = new ArrayList<>();
    servers.add(settings.get(SourceSettings.RELEASES_URL));
    servers.addAll(settings.find(SourceSettings.RELEASES_MIRRORS).orElse(List.of()));
    ReleaseStore.Access access =
        new ReleaseStore.Access(
            servers,
            settings.get(SourceSettings.REKOR_URL),
            ProxySelector.of(null),
            PER_FILE,
            settings.find(SourceSettings.GITHUB_TOKEN));
    return trust.isSimulated()
        ? ReleaseStore.simulated(access, trust.releases())
        : ReleaseStore.production(access);
  }

  /** Made when first asked: HTTP and TLS take longer to load than all else at a start. */
  private record LazyCollateral(Supplier<CollateralSource> made) implements CollateralSource {
    @Override
    public Collateral collateral(PckChain chain, TeeType tee, Instant now)
        throws CollateralUnavailableException, VerificationException {
      return made.get().collateral(chain, tee, now);
    }

    @Override
    public Collateral renewed(PckChain chain, TeeType tee, Instant now)
        throws CollateralUnavailableException, VerificationException {
      return made.get().renewed(chain, tee, now);
    }
  }
}
