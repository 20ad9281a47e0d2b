package network.calimero.tee.kms.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the store of used challenges is that several key servers share.
 *
 * @param tls whether the connection is encrypted ({@code rediss})
 * @param host a name or an address; IPv6 without brackets
 * @param user whom to log in as; empty: the store's default user
 * @param password never shown: {@link #toString} leaves it out
 * @param database the number of the database; 0 unless said
 */
public record RedisUrl(
    boolean tls,
    String host,
    int port,
    Optional<String> user,
    Optional<String> password,
    int database) {
  private static final int DEFAULT_PORT = 6379;

  /** Where the mistake may be, for the URL itself is not repeated. */
  private static final String SPELLING =
      " (in user and password, write what is no letter or digit as % and two hex digits; the name"
          + " of a host has no underscore)";

  private static final String FORM =
      "is not redis://[[user]:password@]host[:port][/database] or the same with rediss://";

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException that does not repeat the text, which may hold a password
   */
  static RedisUrl parse(String text) {
    URI uri = uri(text.strip());
    Optional<String> scheme = Optional.ofNullable(uri.getScheme()).map(RedisUrl::lower);
    boolean tls = scheme.filter("rediss"::equals).isPresent();
    boolean known = tls || scheme.filter("redis"::equals).isPresent();
    String host = uri.getHost();
    if (!known || host == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(FORM + (known ? SPELLING : ""));
    }
    Optional<String[]> login =
        Optional.ofNullable(uri.getRawUserInfo()).map(info -> info.split(":", 2));
    return new RedisUrl(
        tls,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port(uri.getPort()),
        login.map(parts -> decoded(parts[0])).filter(user -> !user.isEmpty()),
        login.filter(parts -> parts.length == 2).map(parts -> decoded(parts[1])),
        database(uri.getRawPath()));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(FORM + SPELLING);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int port(int port) {
    if (port == 0 || port > ListenAddress.MAX_PORT) {
      throw new IllegalArgumentException("has no port from 1 to 65535");
    }
    return port < 0 ? DEFAULT_PORT : port;
  }

  private static int database(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,5}")) {
      throw new IllegalArgumentException("has a path that is not the number of a database");
    }
    return Integer.parseInt(path.substring(1));
  }

  /** Percent signs as in URLs; a plus sign stands for itself there. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** For people and logs: without the password. */
  @Override
  public String toString() {
    String login =
        user.isEmpty() && password.isEmpty()
            ? ""
            : user.orElse("") + (password.isEmpty() ? "" : ":…") + "@";
    return "%s://%s%s:%d/%d"
        .formatted(
            tls ? "rediss" : "redis",
            login,
            host.contains(":") ? "[" + host + "]" : host,
            port,
            database);
  }
}
