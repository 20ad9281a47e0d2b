package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TrustedRootCommandTest {
  @TempDir Path directory;

  private Cli.Result run(Object... args) {
    Object[] all = new Object[args.length + 2];
    all[0] = "release";
    all[1] = "trusted-root";
    System.arraycopy(args, 0, all, 2, args.length);
    return Cli.runIn(Map.of("HOME", directory.toString()), all);
  }

  private Path kept() {
    return directory.resolve(".local/share/mero-tee/sigstore/trusted_root.json");
  }

  @Test
  void showsTheOneThatIsBuiltIn() {
    Cli.Result text = run();
    assertThat(text.exit()).isEqualTo(Exits.OK);
    assertThat(text.firstLine()).isEqualTo("Trusted root: Sigstore's public one, as built in");
    assertThat(text.out())
        .contains("https://rekor.sigstore.dev", "https://fulcio.sigstore.dev", " to now");
    JsonNode json = run("--json").json();
    assertThat(json.path("origin").stringValue()).isEqualTo("built_in");
    assertThat(json.path("sha256").stringValue()).matches("[0-9a-f]{64}");
    assertThat(json.path("changed").isNull()).isTrue();
    assertThat(json.path("parts").size()).isGreaterThan(4);
  }

  @Test
  void showsTheOneThatIsGiven() throws IOException {
    byte[] content = SimulatedSigstore.at(Cli.NOW).trustedRootJson();
    Path file = Files.write(directory.resolve("root.json"), content);
    assertThat(run("--trusted-root", file).out()).contains("as given", "simulator.invalid");
    Files.writeString(file, "{\"mediaType\":1}");
    Cli.Result spoiled = run("--trusted-root", file);
    assertThat(spoiled.exit()).isEqualTo(Exits.USAGE);
    assertThat(spoiled.err()).contains("is no trusted root");
  }

  @Test
  void leavesWhatWasThereWhereTheRepositoryCannotBeReached() throws IOException {
    Files.createDirectories(kept().getParent());
    byte[] before = SimulatedSigstore.at(Cli.NOW).trustedRootJson();
    Files.write(kept(), before);
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    Cli.Result result = run("--update", "--from", "http://127.0.0.1:" + port, "--json");
    assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("tuf_unreachable");
    assertThat(result.json().has("verified")).isFalse();
    assertThat(kept()).hasBinaryContent(before);
  }

  @Test
  void refusesARepositoryThatSigstoreDidNotSign() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = "{\"signed\":{},\"signatures\":[]}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Cli.Result result = run("--update", "--from", url, "--json");
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("tuf_refused");
      assertThat(kept()).doesNotExist();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysWhatDoesNotGoTogether() {
    assertThat(run("--from", "https://example.org").err()).contains("--update");
    assertThat(run("--update", "--trusted-root", "x").err()).contains("without --trusted-root");
    assertThat(run("--update", "--from", "file:///x").err()).contains("not the URL");
    Cli.Result homeless = Cli.runIn(Map.of(), "release", "trusted-root", "--update");
    assertThat(homeless.exit()).isEqualTo(Exits.USAGE);
    assertThat(homeless.err()).contains("HOME");
  }
}
