package network.calimero.tee.kms.server.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.policy.release.PolicyDocument;
import org.jspecify.annotations.Nullable;

/**
 * GET of one file of a release, bounded in time and size. GitHub answers with a redirect to the
 * place where it keeps files, so a few are followed, but none to plain http, unless a mirror that
 * was given as such sends to another of its own files.
 */
final class ReleaseDownload implements AutoCloseable {
  /** 10 s to connect and 30 s in all per request, and what a policy may have. */
  static final BoundedHttp.Limits LIMITS =
      new BoundedHttp.Limits(
          Duration.ofSeconds(10), Duration.ofSeconds(30), PolicyDocument.MAX_SIZE);

  private static final String USER_AGENT = "mero-tee-kms/0.1";
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final BoundedHttp.Limits limits;
  private @Nullable BoundedHttp http;

  /** Makes its client when something is to be got: TLS takes long to load. */
  ReleaseDownload(BoundedHttp.Limits limits) {
    this.limits = limits;
  }

  private synchronized BoundedHttp http() {
    BoundedHttp made = http;
    if (made == null) {
      made = new BoundedHttp(USER_AGENT, limits, executor);
      http = made;
    }
    return made;
  }

  /** The file at that address. */
  Bytes get(URI address) throws DownloadException {
    URI uri = address;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<Bytes> answer = ask(uri);
      int status = answer.statusCode();
      if (status == OK) {
        return answer.body();
      }
      if (!REDIRECTS.contains(status)) {
        throw failure(
            uri,
            status == NOT_FOUND ? "not found (status 404)" : "status " + status,
            status == NOT_FOUND);
      }
      uri = target(uri, answer);
    }
    throw failure(uri, "more than " + MAX_REDIRECTS + " redirects", false);
  }

  private HttpResponse<Bytes> ask(URI uri) throws DownloadException {
    try {
      return http().get(uri);
    } catch (FetchException e) {
      throw failure(uri, e.reason(), false);
    }
  }

  private static URI target(URI from, HttpResponse<Bytes> answer) throws DownloadException {
    String location = answer.headers().firstValue("Location").orElse("");
    URI target;
    try {
      target = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw failure(from, "a redirect to what is no URL", false);
    }
    boolean usable =
        !location.isEmpty()
            && target.getHost() != null
            && target.getRawUserInfo() == null
            && target.getPort() <= MAX_PORT;
    if (!usable) {
      throw failure(from, "a redirect without a usable address", false);
    }
    if (!isSafe(from, target)) {
      throw failure(from, "a redirect to plain http or another scheme is not followed", false);
    }
    return target;
  }

  /** Whether a redirect may be followed: TLS is never left. */
  static boolean isSafe(URI from, URI target) {
    return isOf("https", target)
        || (isOf("http", target)
            && isOf("http", from)
            && target.getHost().equalsIgnoreCase(from.getHost()));
  }

  private static boolean isOf(String scheme, URI uri) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  private static DownloadException failure(URI uri, String reason, boolean absent) {
    String host = PlainText.bounded(String.valueOf(uri.getHost()), MAX_HOST);
    return new DownloadException(host + ": " + reason, absent);
  }

  @Override
  public synchronized void close() {
    executor.shutdownNow();
    if (http != null) {
      http.close();
    }
  }
}
