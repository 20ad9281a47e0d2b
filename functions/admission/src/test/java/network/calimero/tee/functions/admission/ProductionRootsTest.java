package network.calimero.tee.functions.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;

class ProductionRootsTest {
  private static final CollateralSource NONE =
      (chain, tee, now) -> {
        throw new AssertionError("nobody asks");
      };

  /** Everything that can be set. */
  private static final Map<String, String> ALL =
      Map.of(
          "ADMISSION_RELEASES", "2.3.74",
          "ADMISSION_PROFILES", "debug",
          "ADMISSION_REGISTRATION_CONSTANT", Scene.CONSTANT,
          "ADMISSION_ALLOW_CLAIMED", "true",
          "ADMISSION_CALLERS", "m@p.example.org",
          "ADMISSION_VALID_FOR", "PT1M");

  private static ReleaseStore.Access access() {
    return new ReleaseStore.Access(
        List.of(ReleasesUrl.of("https://mirror.example.org")),
        URI.create("https://log.example.org"),
        ProxySelector.of(null),
        Duration.ofSeconds(1));
  }

  private static AdmissionParts production(ReleaseStore store, Map<String, String> environment)
      throws Exception {
    return AdmissionParts.production(
        Settings.read(environment, AdmissionSettings.ALL), store, NONE, event -> {});
  }

  @Test
  void noSettingChangesWhatIsBelieved() throws Exception {
    assertThat(ALL).hasSameSizeAs(AdmissionSettings.ALL);
    for (Map<String, String> environment : List.of(Map.<String, String>of(), ALL)) {
      try (ReleaseStore store = ReleaseStore.production(access())) {
        AdmissionParts parts = production(store, environment);
        assertThat(parts.verifier().anchor().isIntel()).isTrue();
        assertThat(parts.isSimulated()).isFalse();
        assertThat(new AdmissionFunction(parts).isSimulated()).isFalse();
      }
    }
  }

  @Test
  void aSimulatedStoreIsNotForProduction() {
    try (ReleaseStore store = ReleaseStore.simulated(access(), TrustedRoot.publicGood())) {
      assertThatIllegalArgumentException().isThrownBy(() -> production(store, ALL));
    }
  }
}
