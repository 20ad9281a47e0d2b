package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.verify.VerifiedAsset;
import network.calimero.tee.release.verify.VerifiedRelease;

/** The documents of a verified release that say who is let in. */
final class ReleasePolicies {
  private ReleasePolicies() {}

  static List<PolicyFile> of(VerifiedRelease release) {
    KmsAssets names = release.generation().kmsAssets();
    List<Asset> assets = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      assets.add(names.policy(profile));
    }
    assets.removeIf(asset -> release.asset(asset).isEmpty());
    if (assets.isEmpty()) {
      assets.add(names.unprofiledPolicy()); // a release from before there were profiles
    }
    assets.add(NodeAssets.PUBLISHED_MRTDS);
    return assets.stream()
        .flatMap(asset -> release.asset(asset).stream())
        .map(ReleasePolicies::read)
        .toList();
  }

  private static PolicyFile read(VerifiedAsset asset) {
    try {
      return PolicyFile.read(asset.asset().name(), asset.content());
    } catch (PolicyDocumentException e) {
      throw new IllegalStateException("what was verified cannot be read", e);
    }
  }
}
