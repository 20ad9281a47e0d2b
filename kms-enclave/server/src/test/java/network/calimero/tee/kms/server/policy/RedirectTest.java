package network.calimero.tee.kms.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub answers downloads with a redirect; others could send the KMS anywhere. */
class RedirectTest {
  private static final String TAG = "mero-kms-v2.3.71";
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  private final ReleaseDownload download = new ReleaseDownload(ReleaseDownload.LIMITS);
  private ReleaseServer server;

  @BeforeEach
  void open() throws IOException {
    server = ReleaseServer.start();
  }

  @AfterEach
  void close() {
    download.close();
    server.close();
  }

  private void assertRefused(String reason) {
    assertThatExceptionOfType(DownloadException.class)
        .isThrownBy(() -> download.get(server.file(TAG, "asked")))
        .satisfies(e -> {
          assertThat(e.reason()).startsWith("127.0.0.1: ").contains(reason);
          assertThat(e.reason()).doesNotContain("secret");
          assertThat(e.absent()).isFalse();
        });
  }

  @Test
  void redirectIsFollowedToWhereTheFileIs() throws Exception {
    server.serve(TAG, "stored", CONTENT);
    server.fault("asked", new HttpFault.Redirect(server.file(TAG, "stored")));

    assertThat(download.get(server.file(TAG, "asked"))).isEqualTo(Bytes.of(CONTENT));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void addressMayBeRelative() throws Exception {
    server.serve(TAG, "stored", CONTENT);
    server.fault("asked", new HttpFault.Redirect(URI.create("stored")));

    assertThat(download.get(server.file(TAG, "asked"))).isEqualTo(Bytes.of(CONTENT));
  }

  @Test
  void endlessCircleIsGivenUp() {
    server.fault("asked", new HttpFault.Redirect(server.file(TAG, "asked")));

    assertRefused("more than 5 redirects");
    assertThat(server.requests()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mirror.example/file",
        "http://10.0.0.1/file",
        "http://localhost/file",
        "HTTP://[::1]/file",
        "ftp://127.0.0.1/file",
        "file:///etc/hostname",
        "https://user:secret@mirror.example/file",
        "https:///file",
        "https://127.0.0.1:99999/file",
        "mailto:someone",
        "",
      })
  void unsafePlaceIsNotAsked(String location) {
    server.fault("asked", new HttpFault.Redirect(URI.create(location)));

    assertRefused("a redirect ");
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a, https://storage.example/b, true",
    "https://github.com/a, http://github.com/b, false",
    "https://github.com/a, ftp://github.com/b, false",
    "http://mirror.example/a, https://storage.example/b, true",
    "http://mirror.example/a, http://MIRROR.example:8080/b, true",
    "http://mirror.example/a, http://storage.example/b, false",
  })
  void tlsIsNeverLeft(URI from, URI target, boolean followed) {
    assertThat(ReleaseDownload.isSafe(from, target)).isEqualTo(followed);
  }
}
