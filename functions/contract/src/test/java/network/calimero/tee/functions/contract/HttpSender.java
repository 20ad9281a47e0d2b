package network.calimero.tee.functions.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;

/** Sends requests to a real server. */
final class HttpSender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Reply send(String base, Ask ask) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + ask.target()))
            .timeout(PATIENCE)
            .method(
                ask.method(),
                ask.body().isEmpty() && !ask.method().equals("POST")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(ask.body().toArray()));
    ask.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Reply(
        response.statusCode(),
        Headers.ofLists(response.headers().map()),
        Bytes.of(response.body()));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
