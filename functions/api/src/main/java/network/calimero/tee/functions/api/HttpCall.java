package network.calimero.tee.functions.api;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * One request, whichever platform took it.
 *
 * @param method as sent, such as {@code GET}
 * @param path as sent, still percent-encoded, without the query
 * @param query as sent, still percent-encoded, without its {@code ?}; empty if there was none
 * @param body with any transport encoding such as base64 taken off: see {@link TransportBody}
 * @param caller who the platform proved the caller to be, if it did
 * @param receivedAt the one reading of the clock that serves this call
 */
public record HttpCall(
    String method,
    String path,
    String query,
    Headers headers,
    Bytes body,
    Optional<Caller> caller,
    Instant receivedAt) {

  /** The same by a proven caller. */
  public HttpCall by(Caller proven) {
    return new HttpCall(method, path, query, headers, body, Optional.of(proven), receivedAt);
  }

  /** Without values of headers, query and body: they are a stranger's. */
  @Override
  public String toString() {
    return "HttpCall[%d bytes of body, headers %s]".formatted(body.length(), headers);
  }
}
