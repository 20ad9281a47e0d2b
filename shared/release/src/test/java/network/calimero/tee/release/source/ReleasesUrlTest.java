package network.calimero.tee.release.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.NodeAssets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasesUrlTest {
  @Test
  void knowsWhereFilesAre() {
    assertThat(
            ReleasesUrl.ofRepository("calimero-network/mero-tee")
                .of(new ReleaseVersion(2, 3, 40), NodeAssets.PUBLISHED_MRTDS))
        .isEqualTo(
            URI.create(
                "https://github.com/calimero-network/mero-tee/releases/download/mero-tee-v2.3.40/"
                    + "published-mrtds.json"));
  }

  @Test
  void knowsWhereTheListIs() {
    assertThat(ReleasesUrl.ofRepository("calimero-network/mero-tee").index(2, 30))
        .containsExactly(
            URI.create(
                "https://api.github.com/repos/calimero-network/mero-tee/releases?per_page=30&page=1"),
            URI.create(
                "https://api.github.com/repos/calimero-network/mero-tee/releases?per_page=30&page=2"));
    assertThat(ReleasesUrl.of("https://mirror.example.org/m/").index(2, 30))
        .containsExactly(URI.create("https://mirror.example.org/m/index.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a/b/releases, https://github.com/other, true",
    "https://github.com/a/b/releases, https://objects.githubusercontent.com/x, true",
    "https://github.com/a/b/releases, https://release-assets.githubusercontent.com/x, true",
    "https://github.com/a/b/releases, http://objects.githubusercontent.com/x, false",
    "https://github.com/a/b/releases, https://githubusercontent.com.example.org/x, false",
    "https://github.com/a/b/releases, https://evilgithubusercontent.com/x, false",
    "https://github.com/a/b/releases, https://169.254.169.254/x, false",
    "https://mirror.example.org/m, https://MIRROR.example.org/other, true",
    "https://mirror.example.org/m, https://mirror.example.org:8443/other, false",
    "https://mirror.example.org/m, http://mirror.example.org/other, false",
    "https://mirror.example.org/m, https://objects.githubusercontent.com/x, false",
  })
  void filesComeFromTheServerOrFromWhereGitHubKeepsThem(String base, URI target, boolean there) {
    assertThat(ReleasesUrl.of(base).keepsFilesAt(target)).isEqualTo(there);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "releases",
        "ftp://example.org",
        "file:///etc",
        "https:///path",
        "https://user:secret@example.org",
        "https://example.org/?q=1",
        "https://example.org/#x",
        "https://exa mple.org",
      })
  void refusesWhatIsNoPlainAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReleasesUrl.of(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }
}
