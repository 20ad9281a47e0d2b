package network.calimero.tee.functions.outbound;

import network.calimero.tee.functions.api.Problem;

/** Why nothing was sent, or nothing was taken from what came back. */
public enum OutboundFault implements Problem {
  URL_MALFORMED(400, "give a base URL such as https://host.example, printable ASCII only"),
  SCHEME_NOT_ALLOWED(400, "use https://, or http:// where the host may be called so"),
  USER_INFO_IN_URL(400, "leave out user and password"),
  HOST_MALFORMED(
      400,
      "write a name in ASCII (xn-- for others) without a dot at its end, an IPv4 address as four"
          + " decimal numbers, an IPv6 address in brackets without a zone"),
  HOST_NOT_ALLOWED(400, "use a host that this function may call; its operator lists them"),
  PORT_NOT_ALLOWED(400, "use a port that this function may call; its operator lists others"),
  ADDRESS_NOT_PUBLIC(
      400, "use a host on the public internet; its operator lists others by their addresses"),

  HOST_UNKNOWN(502, "check the host's name"),
  PEER_UNREACHABLE(502, "check that the host runs and can be reached from the internet"),
  PEER_TLS_FAILED(502, "check the host's certificate: chain, dates and name"),
  PEER_TIMED_OUT(502, "try again; the host answered too slowly"),
  PEER_REDIRECTS(502, "give the URL that it leads to; redirects are not followed"),
  PEER_ANSWER_TOO_LARGE(502, "check that the host is what it should be: such answers are small"),
  PEER_ANSWER_COMPRESSED(502, "let the host answer without compression, as it was asked to"),
  PEER_CONTENT_TYPE(502, "check that the host is what it should be: it answers another type"),
  PEER_ANSWER_MALFORMED(502, "check that the host is what it should be: that is no HTTP/1.1"),
  PEER_REFUSED(502, "check that the host is what it should be, and its log");

  private final int status;
  private final String advice;

  OutboundFault(int status, String advice) {
    this.status = status;
    this.advice = advice;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String advice() {
    return advice;
  }
}
