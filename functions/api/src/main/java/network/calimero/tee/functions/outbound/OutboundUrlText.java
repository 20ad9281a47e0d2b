package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.OutboundFault.HOST_MALFORMED;
import static network.calimero.tee.functions.outbound.OutboundFault.PORT_NOT_ALLOWED;
import static network.calimero.tee.functions.outbound.OutboundFault.SCHEME_NOT_ALLOWED;
import static network.calimero.tee.functions.outbound.OutboundFault.URL_MALFORMED;
import static network.calimero.tee.functions.outbound.OutboundFault.USER_INFO_IN_URL;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads base URLs of strangers. */
final class OutboundUrlText {
  private static final int MAX_LENGTH = 2_048;
  private static final String SEPARATOR = "://";

  /** Unreserved, sub-delims, colon, at and slash (RFC 3986), and percent-encoded bytes. */
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

  /** Percent-encoded control characters, which somebody further on may unpack. */
  private static final Pattern HIDDEN_CONTROLS = Pattern.compile(".*%(?:[01][0-9A-Fa-f]|7[Ff]).*");

  private OutboundUrlText() {}

  static OutboundUrl parse(String text) throws OutboundException {
    if (text.length() > MAX_LENGTH) {
      throw new OutboundException(URL_MALFORMED, "the URL is over " + MAX_LENGTH + " characters");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      boolean inHost = text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
      throw new OutboundException(
          inHost ? HOST_MALFORMED : URL_MALFORMED,
          "the URL has characters other than printable ASCII");
    }
    int separator = text.indexOf(SEPARATOR);
    String scheme = separator < 0 ? "" : text.substring(0, separator).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      throw new OutboundException(
          separator < 0 ? URL_MALFORMED : SCHEME_NOT_ALLOWED,
          "the URL does not begin with https:// or http://");
    }
    String rest = text.substring(separator + SEPARATOR.length());
    int slash = rest.indexOf('/');
    return withAuthority(
        secure,
        slash < 0 ? rest : rest.substring(0, slash),
        path(slash < 0 ? "" : rest.substring(slash)));
  }

  private static String path(String text) throws OutboundException {
    if (!PATH.matcher(text).matches()) {
      throw new OutboundException(
          URL_MALFORMED, "the URL has a query, a fragment, or a character that no path has");
    }
    if (HIDDEN_CONTROLS.matcher(text).matches()) {
      throw new OutboundException(URL_MALFORMED, "the URL's path hides control characters");
    }
    return text.isEmpty() ? "/" : text;
  }

  private static OutboundUrl withAuthority(boolean secure, String authority, String path)
      throws OutboundException {
    if (authority.indexOf('@') >= 0) {
      throw new OutboundException(USER_INFO_IN_URL, "the URL has a user before its host");
    }
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    if (authority.startsWith("[") && end == 0) {
      throw new OutboundException(HOST_MALFORMED, "the host's bracket does not end");
    }
    String host = end < 0 ? authority : authority.substring(0, end);
    int port = port(end < 0 ? "" : authority.substring(end), secure);
    Optional<IpAddress> address =
        host.startsWith("[")
            ? IpAddress.parse(host.substring(1, host.length() - 1)).filter(_ -> host.contains(":"))
            : IpAddress.parse(host);
    Optional<String> name = address.map(IpAddress::toString).or(() -> HostName.parse(host));
    return new OutboundUrl(
        secure,
        name.orElseThrow(() ->
            new OutboundException(
                HOST_MALFORMED, "the host is neither a name nor an address in its plain form")),
        address,
        port,
        path);
  }

  private static int port(String text, boolean secure) throws OutboundException {
    if (text.isEmpty()) {
      return secure ? 443 : 80;
    }
    if (!text.startsWith(":")) {
      throw new OutboundException(HOST_MALFORMED, "something other than a port follows the host");
    }
    if (!text.matches(":[1-9][0-9]{0,4}") || Integer.parseInt(text.substring(1)) > 65_535) {
      throw new OutboundException(PORT_NOT_ALLOWED, "the port is none from 1 to 65535");
    }
    return Integer.parseInt(text.substring(1));
  }
}
