package network.calimero.tee.kms.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
  private static final Duration RETRY = Duration.ofSeconds(10);

  @Test
  void onLinuxFilesAreWhereTheKernelHasThem() {
    ClusterSettings settings =
        ClusterSettings.onLinux(false, List.of(URI.create("http://10.0.0.2:8080/kms/")), RETRY);

    assertThat(settings.tsmRoot()).isEqualTo(Path.of("/sys/kernel/config/tsm/report"));
    assertThat(settings.ccel()).isEqualTo(Path.of("/sys/firmware/acpi/tables/data/CCEL"));
  }

  @Test
  void thereMustBeAWayToARoot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.onLinux(false, List.of(), RETRY))
        .withMessageContaining("MERO_KMS_PEERS")
        .withMessageContaining("MERO_KMS_BOOTSTRAP");
    assertThat(ClusterSettings.onLinux(true, List.of(), RETRY).peers()).isEmpty();
  }

  @Test
  void pauseIsAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.onLinux(true, List.of(), Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host:8080",
        "ftp://host",
        "http:///path",
        "http://user:secret@host",
        "http://host?secret",
        "http://host#secret"
      })
  void peersAreBaseUrlsAndWhatMayBeSecretIsNotRepeated(String text) {
    List<URI> peers = List.of(URI.create(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.onLinux(false, peers, RETRY))
        .withMessageNotContaining("secret");
  }
}
