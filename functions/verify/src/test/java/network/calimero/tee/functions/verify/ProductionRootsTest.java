package network.calimero.tee.functions.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.api.SettingsException;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductionRootsTest {
  private static final ReleaseStore.Access NOWHERE =
      new ReleaseStore.Access(
          List.of(ReleasesUrl.of("http://127.0.0.1:1/releases")),
          URI.create("http://127.0.0.1:1"),
          ProxySelector.of(null),
          Duration.ofSeconds(1));

  private static VerifyParts production(Map<String, String> environment) throws Exception {
    try (ReleaseStore store = ReleaseStore.production(NOWHERE)) {
      return production(environment, store);
    }
  }

  private static VerifyParts production(Map<String, String> environment, ReleaseStore store)
      throws Exception {
    try (OutboundHttp http =
        new OutboundHttp("test", _ -> List.of(), SSLContext.getDefault(), System::nanoTime)) {
      return VerifyParts.production(
          Settings.read(environment, VerifySettings.all()),
          http,
          (chain, tee, now) -> {
            throw new AssertionError("nobody asks");
          },
          store,
          () -> Bytes.EMPTY,
          System::nanoTime);
    }
  }

  /** Whatever is set, of all that can be. */
  @Test
  void noSettingChangesWhatIsBelieved() throws Exception {
    Map<String, String> all = new HashMap<>();
    VerifySettings.all().forEach(setting -> all.put(setting.name(), any(setting)));

    for (Map<String, String> environment : List.of(Map.<String, String>of(), all)) {
      VerifyParts parts = production(environment);
      assertThat(parts.verifier().anchor().isIntel()).isTrue();
      assertThat(parts.authority().isSimulated()).isFalse();
      assertThat(parts.isSimulated()).isFalse();
    }
  }

  @Test
  void simulatedReleasesAreNoPartOfIt() throws Exception {
    try (ReleaseStore store = ReleaseStore.simulated(NOWHERE, TrustedRoot.publicGood())) {
      assertThatThrownBy(() -> production(Map.of(), store))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** One root of another's suffices. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, false",
    "true, false, false, true",
    "false, true, false, true",
    "false, false, true, true",
  })
  void whatIsNotRealIsSaid(boolean platform, boolean authority, boolean release, boolean said)
      throws Exception {
    Settings settings = Settings.read(Map.of(), VerifySettings.all());
    TrustAnchor anchor =
        platform
            ? TrustAnchor.of(Bytes.of(Scene.PLATFORM.pki().root().der()))
            : TrustAnchor.intel();
    OutboundUrl url = settings.get(VerifySettings.ITA_APPRAISAL_URL);
    Authority asked =
        authority
            ? Authority.simulated(url, url, "https://issuer.example", Optional.empty())
            : Authority.intel(url, Optional.empty());
    try (ReleaseStore store =
            release
                ? ReleaseStore.simulated(NOWHERE, TrustedRoot.publicGood())
                : ReleaseStore.production(NOWHERE);
        OutboundHttp http =
            new OutboundHttp("test", _ -> List.of(), SSLContext.getDefault(), System::nanoTime)) {
      VerifyParts parts =
          VerifyParts.simulated(
              settings,
              http,
              anchor,
              (chain, tee, now) -> {
                throw new AssertionError("nobody asks");
              },
              asked,
              VerifyParts.PublishedReleases.of(store),
              () -> Bytes.EMPTY,
              System::nanoTime);
      assertThat(parts.isSimulated()).isEqualTo(said);
    }
  }

  private static String any(Setting<?> setting) {
    return switch (setting.name()) {
      case "ITA_APPRAISAL_URL" -> "https://ita.example/attest";
      case "NODE_ALLOWED_HOSTS", "KMS_ALLOWED_HOSTS" -> "host.example";
      default -> "7";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "ITA_APPRAISAL_URL, not a URL",
    "ITA_REQUESTS_PER_DAY, -1",
    "ITA_REQUESTS_PER_DAY, many",
    "VERIFY_TIMEOUT_SECONDS, 0",
    "VERIFY_TIMEOUT_SECONDS, 61",
    "KMS_ALLOWED_HOSTS, phala\\.network$"
  })
  void aWrongSettingStopsTheStartByName(String name, String value) {
    assertThatThrownBy(() -> production(Map.of(name, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("accepted: ");
  }

  @Test
  void aKeyIsNeverRepeated() {
    assertThatThrownBy(() -> production(Map.of("ITA_API_KEY", "secret key")))
        .hasMessageContaining("ITA_API_KEY")
        .hasMessageNotContaining("secret key");
  }
}
