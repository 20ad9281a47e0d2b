package network.calimero.tee.functions.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire of the metadata server and of Secret Manager, spoken by a server of the test's own. */
class GoogleSecretStoreTest {
  private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";
  private static final String NAME = "projects/p-1/secrets/ita/versions/latest";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private HttpServer server;
  private GoogleSecretStore store;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    store = new GoogleSecretStore(base, base);
    answers.put(TOKEN + " Google null", "{\"access_token\":\"t0ken\",\"expires_in\":3599}");
    answers.put("/v1/" + NAME + ":access null Bearer t0ken", payload("hunter2", 0));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String answer =
        answers.get(
            "%s %s %s"
                .formatted(
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Metadata-Flavor"),
                    exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer == null ? 403 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String payload(String secret, int error) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return "{\"name\":\"projects/1/secrets/ita/versions/3\",\"payload\":{\"data\":\"%s\",\"dataCrc32c\":\"%d\"}}"
        .formatted(Base64.getEncoder().encodeToString(bytes), sum.getValue() + error);
  }

  @Test
  void aSecretIsReadAsTheFunctionsServiceAccount() throws Exception {
    assertThat(store.read(NAME)).isEqualTo("hunter2");
  }

  @Test
  void whatCannotBeReadSaysWhyAndNothingElse() {
    assertRefused("projects/p-1/secrets/other/versions/1", "127.0.0.1 answered 403");
    assertRefused("ita", "its name is not");
    assertRefused("projects/p-1/secrets/../versions/latest", "its name is not");
    answers.put("/v1/" + NAME + ":access null Bearer t0ken", payload("hunter2", 1));
    assertRefused(NAME, "it was damaged on its way");
    answers.put("/v1/" + NAME + ":access null Bearer t0ken", "{\"payload\":{\"data\":\"%\"}}");
    assertRefused(NAME, "the answer holds no text");
    answers.put(TOKEN + " Google null", "{}");
    assertRefused(NAME, "the function's service account has no token");
  }

  private void assertRefused(String name, String reason) {
    assertThatThrownBy(() -> store.read(name))
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("t0ken");
  }
}
