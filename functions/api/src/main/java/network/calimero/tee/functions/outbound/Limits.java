package network.calimero.tee.functions.outbound;

import java.time.Duration;

/**
 * How long and how much one exchange may take.
 *
 * @param connect until connected, for each address that is tried
 * @param total from the start, names looked up, to the last byte of the answer
 * @param maxBody bytes of an answer's body
 */
public record Limits(Duration connect, Duration total, int maxBody) {

  /** The same with less time: what is left of a larger budget. */
  public Limits within(Duration left) {
    return new Limits(connect, total.compareTo(left) < 0 ? total : left, maxBody);
  }
}
