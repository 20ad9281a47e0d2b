package network.calimero.tee.release.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxies that variables name, as curl and most programs read them: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY}, {@code ALL_PROXY}, each in small letters too, which come first, and {@code
 * NO_PROXY}.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private final Optional<InetSocketAddress> forHttps;
  private final Optional<InetSocketAddress> forHttp;
  private final List<String> exceptions;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the variable that names no proxy
   */
  public EnvironmentProxies(Map<String, String> environment) {
    forHttps = proxy(environment, "https_proxy");
    forHttp = proxy(environment, "http_proxy");
    exceptions = new ArrayList<>();
    SEPARATOR
        .splitAsStream(value(environment, "no_proxy").orElse(""))
        .map(exception -> exception.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .filter(exception -> !exception.isEmpty())
        .forEach(exceptions::add);
  }

  private static Optional<InetSocketAddress> proxy(Map<String, String> environment, String name) {
    Optional<String> own = value(environment, name);
    String from = own.isPresent() ? name : "all_proxy";
    Optional<String> text = own.or(() -> value(environment, from));
    return text.map(proxy -> address(from, proxy));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private static InetSocketAddress address(String name, String text) {
    try {
      URI uri = new URI(text.contains("://") ? text.strip() : "http://" + text.strip());
      boolean usable =
          "http".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null;
      if (usable) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return InetSocketAddress.createUnresolved(uri.getHost(), port);
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // refused below, without repeating what may hold a password
    }
    throw new IllegalArgumentException(
        name + ": only http://HOST:PORT is understood, without user and password");
  }

  @Override
  public List<Proxy> select(URI uri) {
    Optional<InetSocketAddress> proxy =
        "https".equalsIgnoreCase(uri.getScheme()) ? forHttps : forHttp;
    return isException(uri.getHost())
        ? List.of(Proxy.NO_PROXY)
        : List.of(proxy.map(at -> new Proxy(Proxy.Type.HTTP, at)).orElse(Proxy.NO_PROXY));
  }

  private boolean isException(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return exceptions.stream()
        .anyMatch(exception ->
            exception.equals("*") || name.equals(exception) || name.endsWith("." + exception));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // the request fails too, and that is told
  }
}
