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
  private final ReleaseDownloads downloads;
  private final RekorClient log;
  private final ReleaseIndex index;
  private final KeptListing listing;
  private final Supplier<TrustedRoot> root;
  private final boolean simulated;
  private @Nullable PublishedDocuments documents;

  /**
   * Where releases are; nothing of it decides what is believed.
   *
   * @param servers asked in that order; at least one
   * @param log the transparency log, asked about files without a bundle
   * @param perFile how long one answer may take
   */
  public record Access(
      List<ReleasesUrl> servers, URI log, ProxySelector proxies, Duration perFile) {
    /** Copies. */
    public Access {
      servers = List.copyOf(servers);
    }
  }

  private ReleaseStore(Access access, Supplier<TrustedRoot> root, boolean simulated) {
    this.root = root;
    this.simulated = simulated;
    downloads =
        new ReleaseDownloads(
            new ReleaseDownloads.Settings(
                access.servers,
                Optional.empty(),
                false,
                access.proxies,
                access.perFile,
                Progress.NONE));
    log = new RekorClient(access.log, Optional.empty(), access.proxies, access.perFile);
    index = new ReleaseIndex(access.servers, access.proxies, access.perFile);
    listing = new KeptListing(index);
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
    return documents().document(version, asset, now);
  }

  /** The root is read when it is first needed: a function's start has better things to do. */
  private synchronized PublishedDocuments documents() {
    PublishedDocuments made = documents;
    if (made == null) {
      SignatureVerifier verifier = new SignatureVerifier(root.get());
      Signatures signatures = new Signatures(RecognizedBundles.olderOnly(verifier), verifier, log);
      made =
          new KeptDocuments(
              new DocumentVerifier(downloads, signatures, SignerRule.OFFICIAL),
              KeptDocuments.Times.DEFAULT);
      documents = made;
    }
    return made;
  }

  @Override
  public void close() {
    index.close();
    log.close();
    downloads.close();
  }
}
