package network.calimero.tee.release.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubTokenTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com/repos/a/b/releases?page=1, true",
    "https://API.GITHUB.COM/repos, true",
    "http://api.github.com/repos, false",
    "https://api.github.com:8443/repos, false",
    "https://api.github.com.example.org/repos, false",
    "https://github.com/a/b/releases, false",
    "https://mirror.example.org/index.json, false"
  })
  void itIsSentToGitHubsApiAlone(URI page, boolean sent) {
    try (ReleaseIndex index =
        new ReleaseIndex(
            List.of(), ProxySelector.of(null), Duration.ofSeconds(1), Optional.of("a-token"))) {
      assertThat(index.headers(page))
          .isEqualTo(sent ? Map.of("Authorization", "Bearer a-token") : Map.of());
    }
  }
}
