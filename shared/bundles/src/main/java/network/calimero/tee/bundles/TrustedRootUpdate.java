package network.calimero.tee.bundles;

import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.FileSystemTufStore;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.SigstoreTufClient;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bundles.TrustedRootUpdateException.Code;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.http.BoundedHttp;

/**
 * Fetches Sigstore's trusted root from a TUF repository. Nothing is written before everything is
 * verified; whatever fails, what was kept before is as it was.
 */
public final class TrustedRootUpdate {
  /** Where Sigstore publishes its public infrastructure's root. */
  public static final URI PUBLIC_GOOD = URI.create("https://tuf-repo-cdn.sigstore.dev/");

  private static final BoundedHttp.Limits LIMITS =
      new BoundedHttp.Limits(
          Duration.ofSeconds(10), Duration.ofSeconds(30), KeptTrustedRoot.MAX_SIZE);

  private final URI repository;
  private final RootProvider first;
  private final ProxySelector proxies;

  private TrustedRootUpdate(URI repository, RootProvider first, ProxySelector proxies) {
    this.proxies = proxies;
    String address = repository.toString();
    this.repository = address.endsWith("/") ? repository : URI.create(address + "/");
    this.first = first;
  }

  /**
   * From that copy of Sigstore's public repository. It begins with the root of TUF keys that
   * sigstore-java carries, so it does not matter who runs the copy.
   */
  public static TrustedRootUpdate publicGood(URI repository, ProxySelector proxies) {
    return new TrustedRootUpdate(
        repository,
        RootProvider.fromResource(SigstoreTufClient.PUBLIC_GOOD_ROOT_RESOURCE),
        proxies);
  }

  /** From a repository that begins with that {@code root.json}. */
  static TrustedRootUpdate from(URI repository, String rootJson) {
    return new TrustedRootUpdate(repository, () -> rootJson, HttpClient.Builder.NO_PROXY);
  }

  /**
   * Follows the chain of keys, then the newest timestamp, to the trusted root, and keeps it.
   *
   * @return the trusted root, as it is kept now
   */
  public Bytes run(KeptTrustedRoot kept, Instant now) throws TrustedRootUpdateException {
    try (TufStaging staging = TufStaging.of(kept)) {
      Bytes root = fetched(staging, now);
      staging.keep();
      return root;
    }
  }

  private Bytes fetched(TufStaging staging, Instant now) throws TrustedRootUpdateException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        BoundedHttp http = new BoundedHttp(BoundedHttp.USER_AGENT, LIMITS, executor, proxies)) {
      FileSystemTufStore files = staging.files();
      TrustedMetaStore metadata = TrustedMetaStore.newTrustedMetaStore(files);
      Updater updater = updater(http, files, metadata, now);
      updater.updateMeta();
      requireFresh(metadata, now);
      updater.downloadTarget(KeptTrustedRoot.FILE);
      Bytes root = Bytes.of(files.readTarget(KeptTrustedRoot.FILE));
      SigstoreRoots.parse(root);
      return root;
    } catch (TufMirror.UnreachableException e) {
      throw new TrustedRootUpdateException(Code.TUF_UNREACHABLE, message(e), e);
    } catch (IOException | JsonParseException | MalformedException | RuntimeException e) {
      // The library says so of signatures, versions, hashes and whatever it cannot make sense of.
      throw refused(e);
    }
  }

  private Updater updater(
      BoundedHttp http, FileSystemTufStore files, TrustedMetaStore metadata, Instant now) {
    return Updater.builder()
        .setClock(Clock.fixed(now, ZoneOffset.UTC))
        .setTrustedRootPath(first)
        .setTrustedMetaStore(metadata)
        .setTargetStore(files)
        .setMetaFetcher(MetaFetcher.newFetcher(new TufMirror(repository, http)))
        .setTargetFetcher(new TufMirror(repository.resolve("targets/"), http))
        .build();
  }

  /**
   * sigstore-java looks at the end of a timestamp only where it is another than the one that it
   * has: a repository that stands still would pass for ever.
   */
  private static void requireFresh(TrustedMetaStore metadata, Instant now)
      throws IOException, JsonParseException, TrustedRootUpdateException {
    Instant end = metadata.getTimestamp().getSignedMeta().getExpiresAsDate().toInstant();
    if (end.isBefore(now)) {
      throw refused(new IOException("its newest timestamp ended at " + end));
    }
  }

  private static TrustedRootUpdateException refused(Exception e) {
    return new TrustedRootUpdateException(
        Code.TUF_REFUSED, "the repository is not believed: " + message(e), e);
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
