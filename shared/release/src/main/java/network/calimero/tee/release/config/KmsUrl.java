package network.calimero.tee.release.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a node finds its KMS, as nodes take it (policy-and-releases.md, "The two seed commands,
 * exactly"): https, or http to a loopback address that is written as an address.
 *
 * @param text scheme and host in lower case, no port that the scheme implies, a slash at its end
 */
public record KmsUrl(String text) {
  private static final int MAX_LENGTH = 2048;
  private static final int MAX_PORT = 65535;
  private static final Pattern LOOPBACK_4 =
      Pattern.compile("127(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}");
  private static final String LOOPBACK_6 = "[::1]";

  /**
   * The address that a text spells.
   *
   * @throws IllegalArgumentException if a node would not take it; the message says why and never
   *     repeats a password
   */
  public static KmsUrl of(String text) {
    URI uri = parse(text);
    if (uri.getScheme() == null || uri.getHost() == null || uri.isOpaque()) {
      throw new IllegalArgumentException(
          "the URL of a KMS is https://HOST, perhaps with a port and a path");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the URL of a KMS has no user, query or fragment");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    requireSafe(scheme, host);
    return new KmsUrl(scheme + "://" + host + port(uri, scheme) + path(uri));
  }

  private static URI parse(String text) {
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (text.isEmpty() || text.length() > MAX_LENGTH || !plain) {
      throw new IllegalArgumentException(
          "the URL of a KMS has 1 to %d characters of ASCII without spaces".formatted(MAX_LENGTH));
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  private static void requireSafe(String scheme, String host) {
    if (scheme.equals("https")) {
      return;
    }
    if (!scheme.equals("http")) {
      throw new IllegalArgumentException("the URL of a KMS begins with https://");
    }
    if (!LOOPBACK_4.matcher(host).matches() && !host.equals(LOOPBACK_6)) {
      throw new IllegalArgumentException(
          "http is for a KMS on this machine, by its address: http://127.0.0.1 or http://[::1]"
              + " (nodes refuse http://localhost too); use https");
    }
  }

  private static String port(URI uri, String scheme) {
    int port = uri.getPort();
    if (port == 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port is not one of 1 to " + MAX_PORT);
    }
    int implied = scheme.equals("https") ? 443 : 80;
    return port < 0 || port == implied ? "" : ":" + port;
  }

  private static String path(URI uri) {
    String path = uri.normalize().getRawPath();
    if (path == null || path.isEmpty()) {
      return "/";
    }
    if (path.startsWith("/..")) {
      throw new IllegalArgumentException("the path leads above the host's root");
    }
    return path.endsWith("/") ? path : path + "/";
  }

  @Override
  public String toString() {
    return text;
  }
}
