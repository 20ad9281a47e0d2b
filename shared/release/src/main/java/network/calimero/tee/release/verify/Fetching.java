package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.source.FetchedAsset;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.source.SourceException;

/** Fetches files of one release, many at a time. */
final class Fetching {
  private final ReleaseSource source;
  private final ReleaseVersion version;
  private final ExecutorService executor;
  private final Map<Asset, FetchedAsset> seen = new ConcurrentHashMap<>();

  Fetching(ReleaseSource source, ReleaseVersion version, ExecutorService executor) {
    this.source = source;
    this.version = version;
    this.executor = executor;
  }

  /** One file; once it is there it is not asked for again. */
  Optional<FetchedAsset> one(Asset asset) throws SourceException {
    FetchedAsset before = seen.get(asset);
    if (before != null) {
      return Optional.of(before);
    }
    Optional<FetchedAsset> file = source.fetch(version, asset);
    file.ifPresent(found -> seen.put(asset, found));
    return file;
  }

  /** Those of the files that there are, with their signatures, in the given order. */
  Map<Asset, SignedAsset> signed(Collection<Asset> assets) throws SourceException {
    List<Asset> wanted = new ArrayList<>();
    for (Asset asset : assets) {
      wanted.addAll(List.of(asset, asset.signature(), asset.certificate(), asset.bundle()));
    }
    Map<Asset, FetchedAsset> fetched = all(wanted);
    Map<Asset, SignedAsset> signed = new LinkedHashMap<>();
    for (Asset asset : assets) {
      FetchedAsset file = fetched.get(asset);
      if (file != null) {
        signed.put(
            asset,
            new SignedAsset(
                file,
                content(fetched, asset.signature()),
                content(fetched, asset.certificate()),
                content(fetched, asset.bundle())));
      }
    }
    return signed;
  }

  private static Optional<Bytes> content(Map<Asset, FetchedAsset> fetched, Asset asset) {
    return Optional.ofNullable(fetched.get(asset)).map(FetchedAsset::content);
  }

  private Map<Asset, FetchedAsset> all(List<Asset> assets) throws SourceException {
    List<Callable<Optional<FetchedAsset>>> tasks = new ArrayList<>();
    assets.forEach(asset -> tasks.add(() -> one(asset)));
    Map<Asset, FetchedAsset> fetched = new LinkedHashMap<>();
    for (Optional<FetchedAsset> file : InParallel.run(executor, tasks)) {
      file.ifPresent(found -> fetched.put(found.asset(), found));
    }
    return fetched;
  }
}
