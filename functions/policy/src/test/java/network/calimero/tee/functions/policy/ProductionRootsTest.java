package network.calimero.tee.functions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.release.published.ReleaseStore;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;

class ProductionRootsTest {
  private static final CollateralSource NONE =
      (chain, tee, now) -> {
        throw new AssertionError("nobody asks");
      };

  private static ReleaseStore.Access access() {
    return new ReleaseStore.Access(
        List.of(ReleasesUrl.of("https://mirror.example.org")),
        URI.create("https://log.example.org"),
        ProxySelector.of(null),
        Duration.ofSeconds(1));
  }

  @Test
  void productionBelievesIntelAndSigstoreOnly() {
    try (ReleaseStore store = ReleaseStore.production(access())) {
      PolicyParts parts = PolicyParts.production(store, NONE);
      assertThat(parts.verifier().anchor().isIntel()).isTrue();
      assertThat(parts.isSimulated()).isFalse();
    }
  }

  @Test
  void aSimulatedStoreIsNotForProduction() {
    try (ReleaseStore store = ReleaseStore.simulated(access(), TrustedRoot.publicGood())) {
      assertThatIllegalArgumentException().isThrownBy(() -> PolicyParts.production(store, NONE));
    }
  }
}
