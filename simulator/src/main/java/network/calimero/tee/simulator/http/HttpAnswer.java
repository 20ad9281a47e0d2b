package network.calimero.tee.simulator.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A status, headers and a body. Immutable. */
public final class HttpAnswer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** Status 200 with a body. */
  public static HttpAnswer ok(String contentType, byte[] body) {
    return of(200, contentType, body);
  }

  /** Any status with a body. */
  public static HttpAnswer of(int status, String contentType, byte[] body) {
    return new HttpAnswer(status, Map.of("Content-Type", contentType), body.clone());
  }

  /** A status without a body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  /** Sends the client elsewhere, with status 302. */
  public static HttpAnswer redirect(String location) {
    return empty(302).withHeader("Location", location);
  }

  /** The same with another status. */
  public HttpAnswer withStatus(int other) {
    return new HttpAnswer(other, headers, body);
  }

  /** The same with one more header. */
  public HttpAnswer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, body);
  }

  /** The same without the headers whose names are so. */
  public HttpAnswer withoutHeaders(Predicate<String> names) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.keySet().removeIf(names);
    return new HttpAnswer(status, fewer, body);
  }

  /** The same with another body. */
  public HttpAnswer change(UnaryOperator<byte[]> change) {
    return new HttpAnswer(status, headers, change.apply(body.clone()));
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The body. */
  public byte[] body() {
    return body.clone();
  }

  Map<String, String> headers() {
    return headers;
  }
}
