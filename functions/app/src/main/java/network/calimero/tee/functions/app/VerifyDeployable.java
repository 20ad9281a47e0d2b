package network.calimero.tee.functions.app;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.verify.VerifyFunction;
import network.calimero.tee.functions.verify.VerifyParts;
import network.calimero.tee.functions.verify.VerifyParts.PublishedReleases;
import network.calimero.tee.functions.verify.VerifySettings;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.release.published.ReleaseStore;

/** The public verifier. */
public final class VerifyDeployable implements Deployable {
  private static final String USER_AGENT = "mero-tee-verify";
  private static final int NONCE = 32;

  private final Trust trust;
  private final Optional<Authority> simulated;

  private VerifyDeployable(Trust trust, Optional<Authority> simulated) {
    this.trust = trust;
    this.simulated = simulated;
  }

  /** Believes Intel, Intel Trust Authority and Sigstore. */
  public static VerifyDeployable production() {
    return new VerifyDeployable(Trust.PRODUCTION, Optional.empty());
  }

  /** Believes others, for demonstrations and tests. */
  public static VerifyDeployable simulated(Trust.Simulated trust, Authority authority) {
    return new VerifyDeployable(trust, Optional.of(authority));
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public List<Setting<?>> settings() {
    return Services.settings(VerifySettings.all());
  }

  @Override
  public Service service(Settings settings, Host host) {
    VerifyFunction function = new VerifyFunction(parts(settings, host));
    return Services.of(
        name(), "Public verifier", function.isSimulated(), function.endpoints(), host);
  }

  private VerifyParts parts(Settings settings, Host host) {
    OutboundHttp http = OutboundHttp.publicWeb(USER_AGENT, host.nanoTime());
    CollateralSource collateral = Sources.collateral(settings, trust, host);
    ReleaseStore releases = Sources.releases(settings, trust);
    SecureRandom random = new SecureRandom();
    Supplier<Bytes> nonces = () -> nonce(random);
    return simulated
        .map(authority ->
            VerifyParts.simulated(
                settings,
                http,
                trust.platforms(),
                collateral,
                authority,
                PublishedReleases.of(releases),
                nonces,
                host.nanoTime()))
        .orElseGet(() ->
            VerifyParts.production(settings, http, collateral, releases, nonces, host.nanoTime()));
  }

  private static Bytes nonce(SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return Bytes.of(nonce);
  }
}
