package network.calimero.tee.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.http.FetchException.Kind;

/**
 * GET that follows a few redirects, as far as a rule allows, and never from TLS to plain text. What
 * it throws names the host that it is about.
 */
public final class RedirectingHttp implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final BoundedHttp http;
  private final Rule rule;

  /** Which redirects are followed. */
  public interface Rule {
    /** Whether that one is. Both have a host; neither is plain http after https. */
    boolean allows(URI from, URI target);
  }

  /** Follows what the rule allows. */
  public RedirectingHttp(BoundedHttp http, Rule rule) {
    this.http = http;
    this.rule = rule;
  }

  /**
   * The answer, of any status but that of a redirect; only that of status 200 has its body.
   *
   * @throws FetchException if there is none
   */
  public HttpResponse<Bytes> get(URI address) throws FetchException {
    return follow(address, http::get);
  }

  /**
   * The same with headers that depend on who is asked: a redirect may lead to somebody else.
   *
   * @throws FetchException if there is none
   */
  public HttpResponse<Bytes> get(URI address, Function<URI, Map<String, String>> headers)
      throws FetchException {
    return follow(address, uri -> http.get(uri, headers.apply(uri)));
  }

  /**
   * The same with a body of the caller's own kind and a time of the caller's own for each hop.
   *
   * @throws FetchException if there is none
   */
  public <T> HttpResponse<T> get(URI address, HttpResponse.BodyHandler<T> body, Duration perAnswer)
      throws FetchException {
    return follow(address, uri -> http.send(http.request(uri).GET().build(), body, perAnswer));
  }

  /** One request. */
  private interface Request<T> {
    HttpResponse<T> to(URI uri) throws FetchException;
  }

  private <T> HttpResponse<T> follow(URI address, Request<T> request) throws FetchException {
    URI uri = address;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<T> answer = ask(uri, request);
      if (!REDIRECTS.contains(answer.statusCode())) {
        return answer;
      }
      uri = target(uri, answer.headers().firstValue("Location").orElse(""));
    }
    throw failure(Kind.REDIRECT, uri, "more than " + MAX_REDIRECTS + " redirects");
  }

  private static <T> HttpResponse<T> ask(URI uri, Request<T> request) throws FetchException {
    try {
      return request.to(uri);
    } catch (FetchException e) {
      throw failure(e.kind(), uri, e.reason());
    }
  }

  private URI target(URI from, String location) throws FetchException {
    URI target;
    try {
      target = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw failure(Kind.REDIRECT, from, "a redirect to what is no URL");
    }
    boolean usable =
        !location.isEmpty()
            && target.getHost() != null
            && target.getRawUserInfo() == null
            && target.getPort() <= MAX_PORT;
    if (!usable) {
      throw failure(Kind.REDIRECT, from, "a redirect without a usable address");
    }
    boolean secure = isOf("https", target) || (isOf("http", target) && isOf("http", from));
    if (!secure) {
      throw failure(
          Kind.REDIRECT, from, "a redirect to plain http or another scheme is not followed");
    }
    if (!rule.allows(from, target)) {
      throw failure(Kind.REDIRECT, from, "a redirect to " + host(target) + " is not followed");
    }
    return target;
  }

  private static boolean isOf(String scheme, URI uri) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  private static FetchException failure(Kind kind, URI uri, String reason) {
    return new FetchException(kind, host(uri) + ": " + reason);
  }

  private static String host(URI uri) {
    return PlainText.bounded(String.valueOf(uri.getHost()), MAX_HOST);
  }

  @Override
  public void close() {
    http.close();
  }
}
