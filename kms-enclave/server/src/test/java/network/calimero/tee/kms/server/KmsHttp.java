package network.calimero.tee.kms.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of a key server. */
final class KmsHttp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  final URI address;
  final HttpClient client = HttpClient.newHttpClient();

  KmsHttp(URI address) {
    this.address = address;
  }

  /** An answer, with its JSON. */
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The tag of a refusal, {@code ok} for anything else. */
    String outcome() {
      JsonNode error = json().get("error");
      return error == null ? "ok" : error.stringValue();
    }

    String text(String field) {
      return json().required(field).stringValue();
    }

    String details() {
      return json().path("details").asString("");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/json");
  }

  Answer post(String path, Map<String, ?> fields) {
    return post(path, JSON.writeValueAsString(fields));
  }

  Answer post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
