package network.calimero.tee.release.verify;

import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;

/** The files of one family, their signatures verified, and how its documents are read. */
final class Documents {
  private final ReleaseVersion version;
  private final Map<Asset, VerifiedAsset> assets;
  private final CheckList checks;

  Documents(ReleaseVersion version, Map<Asset, VerifiedAsset> assets, CheckList checks) {
    this.version = version;
    this.assets = assets;
    this.checks = checks;
  }

  /** How one kind of document is read. */
  interface Parser<T> {
    T parse(Bytes content) throws MalformedException;
  }

  ReleaseVersion version() {
    return version;
  }

  CheckList checks() {
    return checks;
  }

  Map<Asset, VerifiedAsset> assets() {
    return assets;
  }

  boolean has(Asset asset) {
    return assets.containsKey(asset);
  }

  Optional<Bytes> digest(String name) {
    return assets.values().stream()
        .filter(asset -> asset.asset().name().equals(name))
        .map(asset -> asset.digest().sha256())
        .findFirst();
  }

  /** A file that was required before. */
  VerifiedAsset get(Asset asset) {
    VerifiedAsset found = assets.get(asset);
    if (found == null) {
      throw new IllegalStateException(asset + " was not required");
    }
    return found;
  }

  /** A document, read. */
  <T> T read(Asset asset, Parser<T> parser) throws RefusedException {
    try {
      T document = parser.parse(get(asset).content());
      checks.passed(asset.name(), "form", "its schema", "");
      return document;
    } catch (MalformedException e) {
      throw checks.refuse(
          "form",
          "its schema",
          Refusal.of(ReleaseCode.DOCUMENT_MALFORMED, asset.name(), e.reason()));
    }
  }

  /** The version that a document says it is of. */
  void requireVersion(Asset asset, ReleaseVersion tag) throws RefusedException {
    checks.require(
        tag.equals(version),
        "version",
        "its tag",
        Refusal.of(
            ReleaseCode.DOCUMENT_OF_OTHER_VERSION,
            asset.name(),
            "it is of another version",
            tag.toString(),
            version.toString()));
  }
}
