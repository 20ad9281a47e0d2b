package network.calimero.tee.kms.server.policy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.http.RedirectingHttp;
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
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final BoundedHttp.Limits limits;
  private @Nullable RedirectingHttp http;

  /** Makes its client when something is to be got: TLS takes long to load. */
  ReleaseDownload(BoundedHttp.Limits limits) {
    this.limits = limits;
  }

  private synchronized RedirectingHttp http() {
    RedirectingHttp made = http;
    if (made == null) {
      made =
          new RedirectingHttp(
              new BoundedHttp(USER_AGENT, limits, executor), ReleaseDownload::isSafe);
      http = made;
    }
    return made;
  }

  /** The file at that address. */
  Bytes get(URI address) throws DownloadException {
    HttpResponse<Bytes> answer = ask(address);
    int status = answer.statusCode();
    if (status != OK) {
      boolean absent = status == NOT_FOUND;
      String reason = absent ? "not found (status 404)" : "status " + status;
      throw new DownloadException(answer.uri().getHost() + ": " + reason, absent);
    }
    return answer.body();
  }

  private HttpResponse<Bytes> ask(URI address) throws DownloadException {
    try {
      return http().get(address);
    } catch (FetchException e) {
      throw new DownloadException(e.reason(), false);
    }
  }

  /** Whether a redirect may be followed: TLS is never left, nor a mirror for plain http. */
  static boolean isSafe(URI from, URI target) {
    return isOf("https", target)
        || (isOf("http", target)
            && isOf("http", from)
            && target.getHost().equalsIgnoreCase(from.getHost()));
  }

  private static boolean isOf(String scheme, URI uri) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  @Override
  public synchronized void close() {
    executor.shutdownNow();
    if (http != null) {
      http.close();
    }
  }
}
