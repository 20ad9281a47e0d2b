package network.calimero.tee.release.source;

import java.util.Optional;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;

/** Where the files of releases come from. Nothing that it gives is believed. */
public interface ReleaseSource {
  /**
   * A file of a release; empty if the release has no such file. For several threads.
   *
   * @throws SourceException if that cannot be said, or the file is too large
   */
  Optional<FetchedAsset> fetch(ReleaseVersion version, Asset asset) throws SourceException;
}
