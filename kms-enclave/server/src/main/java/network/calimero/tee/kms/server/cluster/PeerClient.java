package network.calimero.tee.kms.server.cluster;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import network.calimero.tee.kms.cluster.JoinAnswer;
import network.calimero.tee.kms.cluster.JoinException;
import network.calimero.tee.kms.cluster.JoinFault;
import network.calimero.tee.kms.cluster.JoinRequest;
import network.calimero.tee.kms.cluster.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer over HTTP. Whoever answers may be anybody: answers are bounded in time and size, no
 * redirect is followed, and what they say is for the core to check.
 */
final class PeerClient implements Peer {
  /** A quote in base64 as long as nodes accept one, and the rest. */
  static final int MAX_ANSWER = 192 * 1024;

  private static final int OK = 200;

  private final HttpClient client;
  private final String base;
  private final Duration deadline;

  /**
   * A peer at a base URL.
   *
   * @param deadline for an answer with its last byte
   */
  PeerClient(HttpClient client, URI base, Duration deadline) {
    this.client = client;
    String text = base.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.deadline = deadline;
  }

  /** A client for all peers. */
  static HttpClient newClient(Duration connect) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connect)
        .build();
  }

  @Override
  public String name() {
    return base;
  }

  @Override
  public boolean saysItHoldsARoot() throws JoinException {
    return PeerAnswers.rootReady(send(request("/health").GET().build()));
  }

  @Override
  public String nonce() throws JoinException {
    return PeerAnswers.nonce(post("/cluster/nonce", JsonMapper.shared().createObjectNode()));
  }

  @Override
  public JoinAnswer join(JoinRequest request) throws JoinException {
    return PeerAnswers.join(
        post(
            "/cluster/join",
            JsonMapper.shared()
                .createObjectNode()
                .put("nonceB64", request.nonceB64())
                .put("joinerPublicB64", request.joinerPublicB64())
                .put("quoteB64", request.quoteB64())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  private byte[] post(String path, JsonNode body) throws JoinException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)))
            .build());
  }

  private byte[] send(HttpRequest request) throws JoinException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      // HttpRequest.timeout ends with the headers; this deadline covers the body too.
      HttpResponse<byte[]> response = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != OK) {
        throw PeerAnswers.refusal(response.statusCode(), response.body());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw failed("no complete answer within " + deadline.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw failed(why(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted", e);
    } finally {
      answer.cancel(true); // gives up the exchange, and with it the connection, if it still runs
    }
  }

  private static String why(ExecutionException failed) {
    return switch (failed.getCause()) {
      case HttpTimeoutException _ -> "no connection in time";
      case ConnectException _ -> "no connection (refused, no route, or the host name is unknown)";
      case null, default ->
          "the connection broke before the answer's end, or the answer is over %d KiB"
              .formatted(MAX_ANSWER / 1024);
    };
  }

  private static JoinException failed(String reason, Throwable cause) {
    return new JoinException(JoinFault.PEER, reason, cause);
  }
}
