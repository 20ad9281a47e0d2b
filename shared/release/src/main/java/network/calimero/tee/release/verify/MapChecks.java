package network.calimero.tee.release.verify;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.document.CompatibilityMap;

/** Whether the compatibility map is about the images and policies of its release. */
final class MapChecks {
  private static final String COMPARED = "compared";

  private final KmsDocuments documents;
  private final CompatibilityMap map;
  private final String asset;
  private final CheckList checks;

  /** Only C promises that the map knows the policies' digests. */
  private final boolean cluster;

  MapChecks(KmsDocuments documents, CompatibilityMap map) {
    this.documents = documents;
    this.map = map;
    this.asset = documents.names().compatibilityMap().name();
    this.checks = documents.checks();
    this.cluster = documents.generation() == Generation.C;
  }

  void all() throws RefusedException {
    requireSame("kms_tag", map.kmsTag(), Family.KMS.tag(documents.files().version()));
    requireSame("node_image_tag", map.nodeImageTag(), Family.NODE.tag(documents.files().version()));
    Set<String> images = new HashSet<>();
    for (Profile profile : Profile.values()) {
      CompatibilityMap.Entry entry = entry(profile);
      requireSame("node_profile of " + profile, entry.nodeProfile(), profile.text());
      image(profile, entry);
      checks.require(
          entry.image().isEmpty() || images.add(entry.image()),
          "map",
          COMPARED,
          Refusal.of(ReleaseCode.PROFILES_SHARE_IMAGE, asset, "two profiles have the same image"));
      if (documents.policies().containsKey(profile)) {
        policy(profile, entry);
      }
    }
    hash(documents.names().unprofiledPolicy(), map.policySha256());
    checks.passed(asset, "map", COMPARED, "images and policies of this release");
  }

  private CompatibilityMap.Entry entry(Profile profile) {
    CompatibilityMap.Entry entry = map.profiles().get(profile);
    if (entry == null) {
      throw new IllegalStateException("the reader requires every profile");
    }
    return entry;
  }

  private void requireSame(String what, String found, String expected) throws RefusedException {
    checks.require(
        found.equals(expected),
        "map",
        COMPARED,
        Refusal.of(
            ReleaseCode.MAP_MISMATCH, asset, "the map has another " + what, found, expected));
  }

  private void image(Profile profile, CompatibilityMap.Entry entry) throws RefusedException {
    if (cluster) {
      Map<Profile, String> images = documents.manifest().images();
      requireSame("image of " + profile, entry.image(), images.getOrDefault(profile, ""));
    } else if (!entry.image().isEmpty()) {
      Optional<Bytes> digest = documents.manifest().container().map(c -> c.profiles().get(profile));
      if (digest.isPresent()) {
        requireSame("image of " + profile, entry.image(), "sha256:" + digest.get().hex());
      }
    }
  }

  private void policy(Profile profile, CompatibilityMap.Entry entry) throws RefusedException {
    Asset policy = documents.names().policy(profile);
    requireSame("policy of " + profile, entry.policyAsset(), policy.name());
    hash(policy, entry.policySha256());
  }

  private void hash(Asset policy, Optional<Bytes> said) throws RefusedException {
    Bytes digest = documents.files().get(policy).digest().sha256();
    checks.require(
        said.equals(Optional.of(digest)),
        cluster,
        "policy digests",
        COMPARED,
        Refusal.of(
            ReleaseCode.MAP_POLICY_HASH_MISMATCH,
            asset,
            "the map has another SHA-256 of " + policy,
            said.map(Bytes::hex).orElse("none"),
            digest.hex()));
  }
}
