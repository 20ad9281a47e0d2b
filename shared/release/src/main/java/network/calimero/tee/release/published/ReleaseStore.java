package network.calimero.tee.release.published;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleaseIndex;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.DocumentVerifier;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import org.jspecify.annotations.Nullable;

/**
 * What the official workflows published, for those who read documents one by one and keep nothing
 * on disk: which releases there are, and their documents, each verified before it is given out.
 * Today's Sigstore bundles are refused, as nodes and KMSs refuse them (policy-and-releases.md,
 * "Signatures"). For several threads; close it to end what fetches.
 */
public final class ReleaseStore implements PublishedDocuments, AutoCloseable {
  private final Access access;
  private final Supplier<TrustedRoot> root;
  private final boolean simulated;
  private final KeptListing listing = new KeptListing(() -> opened().index.releases());
  private @Nullable Opened opened;
  private boolean closed;

  /**
   * Where releases are; nothing of it decides what is believed.
   *
   * @param servers asked in that order; at least one
   * @param log the transparency log, asked about files without a bundle
   * @param perFile how long one answer may take
   * @param token for GitHub's API, of which the list of releases comes; told nobody else
   */
  public record Access(
      List<ReleasesUrl> servers,
      URI log,
      ProxySelector proxies,
      Duration perFile,
      Optional<String> token) {
    /** Copies. */
    public Access {
      servers = List.copyOf(servers);
    }

    /** Without a token. */
    public Access(List<ReleasesUrl> servers, URI log, ProxySelector proxies, Duration perFile) {
      this(servers, log, proxies, perFile, Optional.empty());
    }
  }

  /** What asks, and what verifies the answers. */
  private record Opened(
      ReleaseDownloads downloads, RekorClient log, ReleaseIndex index, PublishedDocuments documents)
      implements AutoCloseable {

    static Opened of(Access access, TrustedRoot root, KeptListing listing) {
      ReleaseDownloads downloads =
          new ReleaseDownloads(
              new ReleaseDownloads.Settings(
                  access.servers,
                  Optional.empty(),
                  false,
                  access.proxies,
                  access.perFile,
                  Progress.NONE));
      RekorClient log =
          new RekorClient(access.log, Optional.empty(), access.proxies, access.perFile);
      SignatureVerifier verifier = new SignatureVerifier(root);
      Signatures signatures = new Signatures(RecognizedBundles.olderOnly(verifier), verifier, log);
      return new Opened(
          downloads,
          log,
          new ReleaseIndex(access.servers, access.proxies, access.perFile, access.token),
          new KeptDocuments(
              new DocumentVerifier(downloads, signatures, SignerRule.OFFICIAL),
              KeptDocuments.Times.DEFAULT,
              listing::newest));
    }

    @Override
    public void close() {
      index.close();
      log.close();
      downloads.close();
    }
  }

  private ReleaseStore(Access access, Supplier<TrustedRoot> root, boolean simulated) {
    this.access = access;
    this.root = root;
    this.simulated = simulated;
  }

  /** With Sigstore's public root, which no setting changes. Asks nobody yet. */
  public static ReleaseStore production(Access access) {
    return new ReleaseStore(access, TrustedRoot::publicGood, false);
  }

  /** With another root, for demonstrations and tests; never from configuration. */
  public static ReleaseStore simulated(Access access, TrustedRoot root) {
    return new ReleaseStore(access, () -> root, true);
  }

  /** Whether the root that is believed is not Sigstore's: every answer must then say so. */
  public boolean isSimulated() {
    return simulated;
  }

  /** Which releases there are, newest first. */
  public KeptListing listing() {
    return listing;
  }

  @Override
  public DocumentReport document(ReleaseVersion version, Asset asset, Instant now) {
    return opened().documents.document(version, asset, now);
  }

  /** When first asked: clients and the root take longer to load than a function has to start. */
  private synchronized Opened opened() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    Opened made = opened;
    if (made == null) {
      made = Opened.of(access, root.get(), listing);
      opened = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
    }
  }
}
