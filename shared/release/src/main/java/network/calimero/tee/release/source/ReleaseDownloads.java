package network.calimero.tee.release.source;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.http.RedirectingHttp;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.AssetKind;
import network.calimero.tee.release.source.SourceException.Code;

/**
 * Releases from servers: the files that a folder has already are taken from there, and what is
 * downloaded is put there. A server that fails, or does not have a file, is no reason not to ask
 * the next.
 */
public final class ReleaseDownloads implements ReleaseSource, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Beyond it servers see an attack, and connections outnumber the bytes. */
  private static final int AT_A_TIME = 16;

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private final Settings settings;
  private final RedirectingHttp http;
  private final AtomicBoolean usedKept = new AtomicBoolean();

  /**
   * What is to be asked, and how.
   *
   * @param servers in the order in which they are asked; at least one
   * @param folder where files are kept; empty: nowhere
   * @param useKept whether what is there already is used
   * @param perFile how long one file may take, archives and SBOMs ten times that
   */
  public record Settings(
      List<ReleasesUrl> servers,
      Optional<ReleaseFolder> folder,
      boolean useKept,
      ProxySelector proxies,
      Duration perFile,
      Progress progress) {
    private static final int LARGE = 10;

    /** Copies. */
    public Settings {
      servers = List.copyOf(servers);
      if (servers.isEmpty()) {
        throw new IllegalArgumentException("no server to ask");
      }
    }

    Duration time(AssetKind kind) {
      return kind.isRead() ? perFile : perFile.multipliedBy(LARGE);
    }
  }

  /** Asks nobody yet. */
  public ReleaseDownloads(Settings settings) {
    this.settings = settings;
    BoundedHttp.Limits limits = new BoundedHttp.Limits(CONNECT, settings.perFile, 0);
    this.http =
        new RedirectingHttp(
            new BoundedHttp(BoundedHttp.USER_AGENT, limits, executor, settings.proxies),
            this::mayRedirect);
  }

  /** Only to where one of the servers keeps its files. */
  private boolean mayRedirect(URI from, URI target) {
    return settings.servers.stream().anyMatch(server -> server.keepsFilesAt(target));
  }

  @Override
  public Optional<FetchedAsset> fetch(ReleaseVersion version, Asset asset) throws SourceException {
    if (settings.folder.isPresent() && settings.useKept) {
      Optional<FetchedAsset> kept = settings.folder.get().kept(version, asset);
      if (kept.isPresent()) {
        usedKept.set(true);
        return kept;
      }
    }
    Optional<SourceException> failed = Optional.empty();
    for (ReleasesUrl server : settings.servers) {
      try {
        Optional<FetchedAsset> fetched = fetch(server, version, asset);
        if (fetched.isPresent()) {
          return fetched;
        }
      } catch (SourceException e) {
        if (!e.code().isTheServers()) {
          throw e;
        }
        failed = failed.or(() -> Optional.of(e));
      }
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
    return Optional.empty();
  }

  private Optional<FetchedAsset> fetch(ReleasesUrl server, ReleaseVersion version, Asset asset)
      throws SourceException {
    Optional<Path> place = settings.folder.map(folder -> folder.place(version, asset));
    try (Download download = new Download(asset, place)) {
      HttpResponse<Boolean> answer = ask(server.of(version, asset), asset, download);
      if (answer.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      if (answer.statusCode() != OK) {
        throw new SourceException(
            Code.STATUS,
            "%s: %s: status %d".formatted(asset, answer.uri().getHost(), answer.statusCode()),
            answer.statusCode());
      }
      FetchedAsset fetched = download.complete(server.toString());
      settings.progress.complete(asset, fetched.size());
      return Optional.of(fetched);
    }
  }

  private HttpResponse<Boolean> ask(URI address, Asset asset, Download download)
      throws SourceException {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Code.INTERRUPTED, asset + ": interrupted");
    }
    try {
      return http.get(address, StreamedBody.to(download), settings.time(asset.kind()));
    } catch (FetchException e) {
      download.requireKept();
      throw new SourceException(Code.of(e.kind()), asset + ": " + e.reason());
    } finally {
      places.release();
    }
  }

  /** Whether anything that was given came from the folder, and not from a server. */
  public boolean usedKept() {
    return usedKept.get();
  }

  @Override
  public void close() {
    executor.shutdownNow();
    http.close();
  }
}
