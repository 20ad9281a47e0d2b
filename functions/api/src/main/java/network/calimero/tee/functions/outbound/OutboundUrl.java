package network.calimero.tee.functions.outbound;

import java.util.Optional;

/**
 * A URL that a request could be sent to: read strictly, so that nobody on the way can read it
 * differently.
 *
 * @param secure https, not http
 * @param host a name in lower case, or an address as {@link IpAddress#toString} writes it
 * @param address the host, if it is an address
 * @param port 1 to 65535
 * @param path with its query if there is one; percent-encoded; begins with a slash
 */
public record OutboundUrl(
    boolean secure, String host, Optional<IpAddress> address, int port, String path) {

  /**
   * Reads a base URL that a stranger gave: scheme, host, perhaps a port and a path.
   *
   * @throws OutboundException with what is wrong
   */
  public static OutboundUrl parse(String text) throws OutboundException {
    return OutboundUrlText.parse(text);
  }

  /**
   * What is below this base URL.
   *
   * @param below begins with a slash; may have a query; not a stranger's
   */
  public OutboundUrl resolve(String below) {
    String base = path.replaceAll("/+$", "");
    return new OutboundUrl(secure, host, address, port, base + below);
  }

  /** Host and port as the Host header has them. */
  String authority() {
    String shown = address.filter(a -> !a.isV4()).isPresent() ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? shown : shown + ":" + port;
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + path;
  }
}
