package network.calimero.tee.functions.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticPagesTest {
  private static final Service WHO =
      new Service(
          new ServiceInfo("s", "S", "1", true),
          List.of(
              Endpoint.get("/api/who", "who calls")
                  .callersOnly()
                  .handledBy(request ->
                      HttpAnswer.text("text/plain", request.caller().orElseThrow().name()))),
          _ -> {},
          () -> "i",
          () -> 0);

  @TempDir Path folder;
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "hunter2");
    Path pages = Files.createDirectories(folder.resolve("pages"));
    Files.createDirectories(pages.resolve("assets"));
    Files.writeString(pages.resolve("index.html"), "<!doctype html>the page");
    Files.writeString(pages.resolve("assets/a-1.js"), "run()");
    Files.writeString(pages.resolve("assets/a-1.wasm"), "wasm");
    Files.writeString(pages.resolve("assets/odd.xyz"), "<script>");
    Files.createSymbolicLink(pages.resolve("link.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(pages.resolve("up"), folder);
    server =
        LocalServer.start(
            WHO,
            Optional.of(StaticPages.read(pages)),
            InetAddress.getLoopbackAddress(),
            0,
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String send(String method, String path, String... headers) throws IOException {
    return send(server, method, path, headers);
  }

  private static String send(LocalServer server, String method, String path, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String more =
          headers.length == 0 ? "Host: localhost\r\n" : String.join("\r\n", headers) + "\r\n";
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nConnection: close\r\n%s\r\n"
                  .formatted(method, path, more)
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ | text/html; charset=utf-8 | no-cache | the page",
        "/index.html | text/html; charset=utf-8 | no-cache | the page",
        "/kms?tag=x | text/html; charset=utf-8 | no-cache | the page",
        "/a/client/route | text/html; charset=utf-8 | no-cache | the page",
        "/assets/a-1.js | text/javascript; charset=utf-8 | public, max-age=31536000, immutable | run()",
        "/assets/a-1.wasm | application/wasm | public, max-age=31536000, immutable | wasm",
        "/assets/odd.xyz | application/octet-stream | public, max-age=31536000, immutable | <script>"
      })
  void filesAreServedAndOtherPathsShowThePage(
      String path, String type, String caching, String content) throws IOException {
    assertThat(send("GET", path))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Content-Type: " + type + "\r\n")
        .contains("Cache-Control: " + caching + "\r\n")
        .containsIgnoringCase("X-Content-Type-Options: nosniff\r\n")
        .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'self';")
        .containsIgnoringCase("X-Mero-Tee: SIMULATED\r\n")
        .endsWith(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/missing.js",
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/..;/..;/secret.txt",
        "/assets//../../secret.txt",
        "/..\\secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/index.html%00.txt"
      })
  void nothingElseIsReached(String path) throws IOException {
    assertThat(send("GET", path))
        .containsPattern("^HTTP/1.1 40[04] ")
        .doesNotContain("hunter2")
        .containsIgnoringCase("X-Mero-Tee: SIMULATED\r\n");
  }

  /** Where the server itself refuses, too: no answer of simulated roots is without that word. */
  @Test
  void whatTheServerItselfRefusesSaysThatRootsAreSimulated() throws IOException {
    assertThat(send("GET", "//api/who"))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("X-Mero-Tee: SIMULATED\r\n")
        .contains("\"simulated\":true")
        .contains("\"code\":\"bad_request\"");
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws IOException {
    String etag = send("GET", "/").lines().filter(l -> l.startsWith("ETag: ")).findFirst().get();
    assertThat(send("GET", "/", "Host: localhost", "If-None-Match: " + etag.substring(6)))
        .startsWith("HTTP/1.1 304")
        .doesNotContain("the page");
  }

  @Test
  void otherMethodsReadOrAreRefused() throws IOException {
    assertThat(send("HEAD", "/")).startsWith("HTTP/1.1 200").doesNotContain("the page");
    assertThat(send("POST", "/")).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
  }

  /** A page of a stranger's may have a name that leads to this machine. */
  @Test
  void callersAreTakenForProvenOnlyUnderThisMachinesNames() throws IOException {
    assertThat(send("GET", "/api/who", "Host: localhost:1")).startsWith("HTTP/1.1 200");
    assertThat(send("GET", "/api/who", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200");
    assertThat(send("GET", "/api/who", "Host: [::1]:80")).startsWith("HTTP/1.1 200");
    assertThat(send("GET", "/api/who", "Host: stranger.example"))
        .startsWith("HTTP/1.1 403")
        .contains("caller_required");
  }

  /** Whatever name a request from the network says that it called. */
  @Test
  void whereTheNetworkReachesItNobodyIsTakenForProven() throws IOException {
    try (LocalServer everywhere =
        LocalServer.start(
            WHO, Optional.empty(), InetAddress.getByName("0.0.0.0"), 0, InstantSource.system())) {
      assertThat(send(everywhere, "GET", "/api/who", "Host: localhost"))
          .startsWith("HTTP/1.1 403")
          .contains("caller_required");
    }
  }

  @Test
  void aFolderWithoutAPageIsSaid() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> StaticPages.read(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no index.html");
    assertThatThrownBy(() -> StaticPages.read(folder.resolve("nowhere")))
        .isInstanceOf(IOException.class);
  }
}
