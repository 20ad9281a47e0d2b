package network.calimero.tee.kms.server.http;

import java.time.Duration;

/**
 * What one stranger may take.
 *
 * @param idle after which a connection without any byte is closed
 * @param request from a connection's opening, or its last answer, until the next request is there
 *     with its last byte: cuts clients that drip
 * @param connections open at a time; one more, and the one that is waiting longest for its request
 *     is closed
 * @param body of a request, in bytes
 * @param header of a request, in bytes
 */
public record HttpLimits(Duration idle, Duration request, int connections, int body, int header) {

  /** 15 s, 20 s, 1,024 connections, 64 KiB (kms-protocol.md) and 8 KiB. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(Duration.ofSeconds(15), Duration.ofSeconds(20), 1_024, 64 * 1024, 8 * 1024);

  /** Everything is above zero. */
  public HttpLimits {
    if (!idle.isPositive() || !request.isPositive() || connections < 1 || body < 1 || header < 1) {
      throw new IllegalArgumentException("a limit of HTTP that is not above zero");
    }
  }
}
