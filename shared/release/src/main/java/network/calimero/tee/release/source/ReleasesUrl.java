package network.calimero.tee.release.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;

/** The base address of a repository's releases, or of a mirror of them. */
public final class ReleasesUrl {
  private static final String GITHUB = "github.com";
  private static final String GITHUB_API_HOST = "api.github.com";
  private static final String GITHUB_API = "https://" + GITHUB_API_HOST + "/repos";
  private static final String GITHUB_STORAGE = ".githubusercontent.com";

  private final URI base;

  private ReleasesUrl(URI base) {
    this.base = base;
  }

  /** Those of a repository on GitHub, {@code owner/name}. */
  public static ReleasesUrl ofRepository(String repository) {
    return of("https://" + GITHUB + "/" + repository + "/releases");
  }

  /**
   * The address that a text spells.
   *
   * @throws IllegalArgumentException if it is not an absolute http or https URL, or has more than
   *     host, port and path
   */
  public static ReleasesUrl of(String text) {
    URI uri;
    try {
      uri = new URI(text.strip().replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no URL");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException("it must begin with https:// or http:// and a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it may have host, port and path only");
    }
    return new ReleasesUrl(uri);
  }

  /** Where a file of a release is. */
  URI of(ReleaseVersion version, Asset asset) {
    return URI.create("%s/download/%s/%s".formatted(base, asset.family().tag(version), asset));
  }

  /** Where the list of releases is, page by page: a mirror has one. */
  List<URI> index(int pages, int perPage) {
    if (!isGitHub()) {
      return List.of(URI.create(base + "/index.json"));
    }
    return IntStream.rangeClosed(1, pages)
        .mapToObj(page ->
            URI.create(
                "%s%s?per_page=%d&page=%d".formatted(GITHUB_API, base.getRawPath(), perPage, page)))
        .toList();
  }

  /** Whether that is where GitHub's own API answers. */
  static boolean isGitHubsApi(URI uri) {
    return isOf("https", uri)
        && GITHUB_API_HOST.equalsIgnoreCase(uri.getHost())
        && uri.getPort() < 0;
  }

  /** Whether files that are asked for here may come from there: GitHub keeps them elsewhere. */
  boolean keepsFilesAt(URI target) {
    String host = target.getHost().toLowerCase(Locale.ROOT);
    return isAt(target)
        || (isGitHub()
            && isOf("https", target)
            && (host.equals(GITHUB) || host.endsWith(GITHUB_STORAGE)));
  }

  private boolean isGitHub() {
    return isOf("https", base) && base.getHost().equalsIgnoreCase(GITHUB);
  }

  private boolean isAt(URI target) {
    return base.getHost().equalsIgnoreCase(target.getHost())
        && String.valueOf(base.getScheme()).equalsIgnoreCase(target.getScheme())
        && base.getPort() == target.getPort();
  }

  private static boolean isOf(String scheme, URI uri) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
