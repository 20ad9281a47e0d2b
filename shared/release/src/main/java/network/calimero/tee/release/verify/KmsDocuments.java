package network.calimero.tee.release.verify;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.document.Checksums;
import network.calimero.tee.release.document.CompatibilityMap;
import network.calimero.tee.release.document.ContainerMetadata;
import network.calimero.tee.release.document.KmsManifest;
import network.calimero.tee.release.document.KmsPolicy;

/**
 * The documents of a release of the KMS, read.
 *
 * @param metadata in generations A and B
 * @param map absent in releases before profiles
 * @param policies by profile; empty in releases before profiles
 */
record KmsDocuments(
    KmsAssets names,
    Documents files,
    Checksums checksums,
    KmsManifest manifest,
    Optional<ContainerMetadata> metadata,
    Optional<CompatibilityMap> map,
    KmsPolicy unprofiled,
    Map<Profile, KmsPolicy> policies) {

  static KmsDocuments read(KmsAssets names, Documents files, Checksums checksums)
      throws RefusedException {
    KmsManifest manifest = files.read(names.manifest(), KmsManifest::parse);
    files.requireVersion(names.manifest(), manifest.tag());
    Optional<ContainerMetadata> metadata = Optional.empty();
    if (names == KmsAssets.PHALA) {
      metadata = Optional.of(files.read(names.containerMetadata(), ContainerMetadata::parse));
      files.requireVersion(names.containerMetadata(), metadata.get().tag());
    }
    Optional<CompatibilityMap> map = Optional.empty();
    if (files.has(names.compatibilityMap())) {
      map = Optional.of(files.read(names.compatibilityMap(), CompatibilityMap::parse));
      files.requireVersion(names.compatibilityMap(), map.get().tag());
      files.requireVersion(names.compatibilityMap(), map.get().version());
    }
    KmsPolicy unprofiled = files.read(names.unprofiledPolicy(), KmsPolicy::parse);
    Map<Profile, KmsPolicy> policies = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      if (files.has(names.policy(profile))) {
        policies.put(profile, files.read(names.policy(profile), KmsPolicy::parse));
      }
    }
    return new KmsDocuments(names, files, checksums, manifest, metadata, map, unprofiled, policies);
  }

  CheckList checks() {
    return files.checks();
  }

  /** Told by the names of its files and by whether its policies name compose hashes. */
  Generation generation() {
    if (names == KmsAssets.CLUSTER) {
      return Generation.C;
    }
    boolean hashes =
        policies.values().stream()
            .anyMatch(policy ->
                policy.lists().composeHashes().stream().anyMatch(list -> !list.values().isEmpty()));
    return hashes ? Generation.B : Generation.A;
  }
}
