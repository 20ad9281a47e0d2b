package network.calimero.tee.functions.outbound;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;

/**
 * What came back. Of anything but a success nothing is read: an error's words are a stranger's.
 *
 * @param status 200 to 299, 400 to 599
 * @param body empty unless the status is 200 to 299
 */
public record OutboundAnswer(int status, Headers headers, Bytes body) {

  /** Whether the status is 200 to 299. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * The body of a success.
   *
   * @throws OutboundException if it is none
   */
  public Bytes successBody() throws OutboundException {
    if (!isSuccess()) {
      throw new OutboundException(
          OutboundFault.PEER_REFUSED, "the host answered with status " + status);
    }
    return body;
  }
}
