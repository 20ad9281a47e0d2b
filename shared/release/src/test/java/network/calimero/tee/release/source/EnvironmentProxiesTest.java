package network.calimero.tee.release.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static String by(Map<String, String> environment, String url) {
    Proxy proxy = new EnvironmentProxies(environment).select(URI.create(url)).getFirst();
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : "direct";
  }

  @Test
  void eachSchemeHasItsVariableAndSmallLettersComeFirst() {
    Map<String, String> environment =
        Map.of(
            "https_proxy", "http://small:3128/",
            "HTTPS_PROXY", "http://capital:1",
            "HTTP_PROXY", "plain:8080");
    assertThat(by(environment, "https://github.com/x")).isEqualTo("small:3128");
    assertThat(by(environment, "http://mirror/x")).isEqualTo("plain:8080");
    assertThat(by(Map.of("ALL_PROXY", "http://all"), "https://github.com")).isEqualTo("all:80");
    assertThat(by(Map.of("HTTPS_PROXY", " "), "https://github.com")).isEqualTo("direct");
    assertThat(by(Map.of(), "https://github.com")).isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "'example.org', https://example.org, direct",
    "'example.org', https://sub.EXAMPLE.org, direct",
    "'.example.org', https://sub.example.org, direct",
    "'*.example.org', https://sub.example.org, direct",
    "'example.org', https://badexample.org, proxy:1",
    "'localhost, 127.0.0.1', http://127.0.0.1:8080, direct",
    "'*', https://github.com, direct",
  })
  void someHostsAreExcepted(String exceptions, String url, String by) {
    assertThat(by(Map.of("all_proxy", "proxy:1", "NO_PROXY", exceptions), url)).isEqualTo(by);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://proxy:1080", "https://proxy", "http://u:secret@proxy", "http://"})
  void refusesWhatItDoesNotUnderstandNamingTheVariable(String proxy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", proxy)))
        .satisfies(e ->
            assertThat(e.getMessage())
                .containsIgnoringCase("https_proxy")
                .doesNotContain("secret"));
  }
}
