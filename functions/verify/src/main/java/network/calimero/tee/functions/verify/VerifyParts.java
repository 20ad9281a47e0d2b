package network.calimero.tee.functions.verify;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundPolicy;
import network.calimero.tee.functions.outbound.OutboundSettings;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.functions.verify.ita.TrustAuthority;
import network.calimero.tee.release.published.PublishedDocuments;
import network.calimero.tee.release.published.ReleaseStore;

/**
 * What the verifier works with.
 *
 * @param verifier under the one root that is believed
 * @param collateral proven under that root
 * @param authority the second verdict
 * @param releases what is published
 * @param http for nodes and KMSs
 * @param nonces 32 unpredictable bytes, new ones each time
 * @param timeout for one call as a whole
 * @param nanoTime goes forward only
 */
public record VerifyParts(
    DcapVerifier verifier,
    CollateralSource collateral,
    TrustAuthority authority,
    PublishedReleases releases,
    OutboundHttp http,
    OutboundPolicy nodes,
    OutboundPolicy kms,
    Supplier<Bytes> nonces,
    Duration timeout,
    LongSupplier nanoTime) {
  /** How many platforms' chains and sets of collateral are remembered as proven. */
  private static final int PROVEN = 64;

  /**
   * What is published.
   *
   * @param documents each of proven origin
   * @param newest where to look for the release that fits
   * @param simulated whether origins are proven under a root that is not Sigstore's
   */
  public record PublishedReleases(
      PublishedDocuments documents, NewestReleases newest, boolean simulated) {
    /** What a store has. */
    public static PublishedReleases of(ReleaseStore store) {
      return new PublishedReleases(store, store.listing()::newest, store.isSimulated());
    }
  }

  /** Whether any root that is believed is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return releases.simulated() || !verifier.anchor().isIntel() || authority.isSimulated();
  }

  /**
   * With the roots of Intel, Intel Trust Authority and Sigstore, which no setting changes.
   *
   * @param settings {@link VerifySettings#all}
   * @param collateral wherever it comes from: it is verified under Intel's root
   * @param releases of {@link ReleaseStore#production}
   */
  public static VerifyParts production(
      Settings settings,
      OutboundHttp http,
      CollateralSource collateral,
      ReleaseStore releases,
      Supplier<Bytes> nonces,
      LongSupplier nanoTime) {
    if (releases.isSimulated()) {
      throw new IllegalArgumentException("simulated releases in production");
    }
    Authority intel =
        Authority.intel(
            settings.get(VerifySettings.ITA_APPRAISAL_URL),
            settings.find(VerifySettings.ITA_AUDIENCE));
    return simulated(
        settings,
        http,
        TrustAnchor.intel(),
        collateral,
        intel,
        PublishedReleases.of(releases),
        nonces,
        nanoTime);
  }

  /**
   * With other roots, for demonstrations and tests; never from configuration.
   *
   * @param settings {@link VerifySettings#all}
   */
  public static VerifyParts simulated(
      Settings settings,
      OutboundHttp http,
      TrustAnchor anchor,
      CollateralSource collateral,
      Authority authority,
      PublishedReleases releases,
      Supplier<Bytes> nonces,
      LongSupplier nanoTime) {
    return new VerifyParts(
        DcapVerifier.caching(anchor, VerifierOptions.STRICT, PROVEN),
        collateral,
        new TrustAuthority(
            http,
            authority,
            settings.find(VerifySettings.ITA_API_KEY),
            settings.get(VerifySettings.ITA_REQUESTS_PER_DAY)),
        releases,
        http,
        OutboundPolicy.nodes(settings.get(OutboundSettings.NODE_ALLOWED_HOSTS)),
        OutboundPolicy.kms(settings.get(OutboundSettings.KMS_ALLOWED_HOSTS)),
        nonces,
        settings.get(VerifySettings.VERIFY_TIMEOUT_SECONDS),
        nanoTime);
  }
}
