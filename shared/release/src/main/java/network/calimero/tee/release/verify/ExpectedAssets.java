package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;

/** What a release of the KMS consists of, archives apart. */
final class ExpectedAssets {
  private final KmsAssets names;

  ExpectedAssets(KmsAssets names) {
    this.names = names;
  }

  private List<Asset> always() {
    List<Asset> assets =
        new ArrayList<>(List.of(names.checksums(), names.manifest(), names.unprofiledPolicy()));
    if (names == KmsAssets.PHALA) {
      assets.addAll(List.of(names.containerMetadata(), names.containerSbom()));
    }
    assets.add(names.binariesSbom());
    return assets;
  }

  /** What releases from before there were profiles do not have. */
  List<Asset> withProfiles() {
    List<Asset> assets = new ArrayList<>(List.of(names.compatibilityMap()));
    assets.addAll(policies());
    return assets;
  }

  private List<Asset> policies() {
    return Arrays.stream(Profile.values()).map(names::policy).toList();
  }

  /** What nothing relies on in generations A and B. */
  private List<Asset> beside() {
    return List.of(names.rekorIndex(), names.trustBundle());
  }

  /** Everything that there may be. */
  List<Asset> all() {
    List<Asset> assets = always();
    assets.addAll(withProfiles());
    assets.addAll(beside());
    return assets;
  }

  /** What there must be, given what there is. */
  List<Asset> required(Set<Asset> found) {
    List<Asset> assets = always();
    boolean cluster = names == KmsAssets.CLUSTER;
    if (cluster || withProfiles().stream().anyMatch(found::contains)) {
      assets.addAll(withProfiles());
    }
    // What is there must be signed, whether or not it must be there.
    all().stream().filter(found::contains).filter(a -> !assets.contains(a)).forEach(assets::add);
    if (cluster) {
      beside().stream().filter(asset -> !assets.contains(asset)).forEach(assets::add);
    }
    return assets;
  }

  /** What there may be beside checksums, and is not. */
  List<Asset> missing(Set<Asset> found) {
    return all().stream()
        .filter(asset -> !found.contains(asset) && !asset.equals(names.checksums()))
        .toList();
  }
}
