package network.calimero.tee.release.verify;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Generation;

/**
 * A release of which every check held, its node images included or not; only the verifier makes
 * one.
 */
public final class VerifiedRelease {
  private final ReleaseVersion version;
  private final Generation generation;
  private final String commit;
  private final Map<Asset, VerifiedAsset> assets = new LinkedHashMap<>();

  VerifiedRelease(
      ReleaseVersion version,
      Generation generation,
      String commit,
      Collection<VerifiedAsset> assets) {
    this.version = version;
    this.generation = generation;
    this.commit = commit;
    assets.forEach(asset -> this.assets.put(asset.asset(), asset));
  }

  /** Its version, that of both families. */
  public ReleaseVersion version() {
    return version;
  }

  /** What kind of release it is. */
  public Generation generation() {
    return generation;
  }

  /** The commit that it was made from, 40 hex digits. */
  public String commit() {
    return commit;
  }

  /** One of its files; empty if it has none of that name, or that family was not verified. */
  public Optional<VerifiedAsset> asset(Asset asset) {
    return Optional.ofNullable(assets.get(asset));
  }

  /** All its files. */
  public List<VerifiedAsset> assets() {
    return List.copyOf(assets.values());
  }
}
