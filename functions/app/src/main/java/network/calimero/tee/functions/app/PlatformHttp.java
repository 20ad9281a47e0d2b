package network.calimero.tee.functions.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import tools.jackson.databind.JsonNode;

/**
 * Requests to the platform's own services, whose addresses come from the platform and from nobody
 * else; they may well be private ones. No proxy, no redirect; time and size are bounded.
 *
 * <p>The JDK's older client, because the newer one takes several times as long to load.
 */
public final class PlatformHttp {
  private static final int MAX_ANSWER = 256 * 1024;

  private final int timeoutMillis;

  /** Waits at most that long for a connection, and as long again for each part of an answer. */
  public PlatformHttp(Duration timeout) {
    this.timeoutMillis = (int) timeout.toMillis();
  }

  /** The JSON that is got there. */
  public JsonNode get(URI uri, Map<String, String> headers) throws SecretUnavailableException {
    return exchange("GET", uri, headers, Bytes.EMPTY);
  }

  /** The JSON that is answered to a body. */
  public JsonNode post(URI uri, Map<String, String> headers, Bytes body)
      throws SecretUnavailableException {
    return exchange("POST", uri, headers, body);
  }

  private JsonNode exchange(String method, URI uri, Map<String, String> headers, Bytes body)
      throws SecretUnavailableException {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      try {
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setRequestMethod(method);
        headers.forEach(connection::setRequestProperty);
        send(connection, body);
        return answer(connection, uri);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new SecretUnavailableException(
          "no answer from %s (%s)".formatted(uri.getHost(), e.getClass().getSimpleName()));
    }
  }

  private static void send(HttpURLConnection connection, Bytes body) throws IOException {
    if (body.isEmpty()) {
      return;
    }
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length());
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.toArray());
    }
  }

  private static JsonNode answer(HttpURLConnection connection, URI uri)
      throws IOException, SecretUnavailableException {
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new SecretUnavailableException("%s answered %d".formatted(uri.getHost(), status));
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] body = in.readNBytes(MAX_ANSWER + 1);
      return JsonFields.tree(Bytes.of(body), MAX_ANSWER);
    } catch (MalformedException _) {
      throw new SecretUnavailableException(uri.getHost() + " answered what is no JSON");
    }
  }
}
