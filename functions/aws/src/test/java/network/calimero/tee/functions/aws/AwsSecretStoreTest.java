package network.calimero.tee.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.calimero.tee.functions.app.SecretStore;
import network.calimero.tee.functions.app.SecretUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both services' wire, spoken by a server of the test's own. */
class AwsSecretStoreTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final HttpServer server = start();

  @BeforeEach
  void answer() {
    answers.put(
        "secretsmanager.GetSecretValue {\"SecretId\":\"prod/ita\"}",
        "{\"Name\":\"prod/ita\",\"SecretString\":\"{\\\"key\\\":\\\"k1\\\",\\\"n\\\":1}\"}");
    answers.put(
        "AmazonSSM.GetParameter {\"Name\":\"/ita/key\",\"WithDecryption\":true}",
        "{\"Parameter\":{\"Type\":\"SecureString\",\"Value\":\"k2\"}}");
    answers.put(
        "secretsmanager.GetSecretValue {\"SecretId\":\"binary\"}", "{\"SecretBinary\":\"AA==\"}");
  }

  private HttpServer start() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/", this::serve);
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.put("authorization", exchange.getRequestHeaders().getFirst("Authorization"));
    seen.put("token", exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
    String answer = answers.get(target + " " + body);
    byte[] bytes =
        (answer == null ? "{\"__type\":\"ResourceNotFoundException\"}" : answer)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer == null ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "ASIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "s3cret",
            "AWS_SESSION_TOKEN", "t0ken",
            "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  private String read(String reference) throws SecretUnavailableException {
    return read(reference, environment());
  }

  private static String read(String reference, Map<String, String> environment)
      throws SecretUnavailableException {
    for (SecretStore store : AwsSecretStore.all(environment, CLOCK)) {
      if (reference.startsWith(store.scheme() + ":")) {
        return store.read(reference.substring(store.scheme().length() + 1));
      }
    }
    throw new AssertionError("no store for " + reference);
  }

  @Test
  void secretsAndTheirFieldsAndParametersAreRead() throws Exception {
    assertThat(read("aws-secret:prod/ita#key")).isEqualTo("k1");
    assertThat(seen.get("authorization"))
        .startsWith(
            "AWS4-HMAC-SHA256"
                + " Credential=ASIAEXAMPLE/20260304/eu-west-1/secretsmanager/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target");
    assertThat(seen).containsEntry("token", "t0ken");
    assertThat(read("aws-secret:prod/ita")).startsWith("{");
    assertThat(read("aws-parameter:/ita/key")).isEqualTo("k2");
    assertThat(seen.get("authorization")).contains("/eu-west-1/ssm/aws4_request");
  }

  @Test
  void whatCannotBeReadSaysWhyAndNothingElse() {
    assertRefused("aws-secret:none", "127.0.0.1 answered 400");
    assertRefused("aws-secret:binary", "the answer holds no text");
    assertRefused("aws-secret:prod/ita#n", "it has no text field of that name");
    assertRefused("aws-parameter:/ita/key#x", "its name is not a name or ARN");
    assertRefused("aws-secret:a b", "its name is not");
    answers.put("secretsmanager.GetSecretValue {\"SecretId\":\"junk\"}", "<html>");
    assertRefused("aws-secret:junk", "127.0.0.1 answered what is no JSON");
  }

  private void assertRefused(String reference, String reason) {
    assertThatThrownBy(() -> read(reference))
        .isInstanceOf(SecretUnavailableException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void anEnvironmentThatIsNotLambdasIsSaid() {
    Map<String, String> noRegion = environment();
    noRegion.remove("AWS_REGION");
    assertThatThrownBy(() -> read("aws-secret:prod/ita", noRegion))
        .hasMessageContaining("AWS_REGION");
    Map<String, String> noKey = environment();
    noKey.remove("AWS_SECRET_ACCESS_KEY");
    assertThatThrownBy(() -> read("aws-secret:prod/ita", noKey))
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    Map<String, String> nobody = environment();
    nobody.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1/");
    assertThatThrownBy(() -> read("aws-secret:prod/ita", nobody))
        .hasMessage("no answer from 127.0.0.1 (ConnectException)");
  }
}
