package network.calimero.tee.release.verify;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.document.Container;
import network.calimero.tee.release.document.ContainerMetadata;
import network.calimero.tee.release.document.KmsPolicy;

/** Whether checksums, manifest and metadata of a release of the KMS agree. */
final class AgreementChecks {
  private static final String COMPARED = "compared";

  private final KmsDocuments documents;
  private final CheckList checks;
  private final String manifest;

  AgreementChecks(KmsDocuments documents) {
    this.documents = documents;
    this.checks = documents.checks();
    this.manifest = documents.names().manifest().name();
  }

  void all() throws RefusedException {
    archives();
    manifestChecksums();
    manifestNames();
    commits();
    if (documents.metadata().isPresent()) {
      containers(documents.metadata().get());
    } else {
      images();
    }
  }

  private void archives() throws RefusedException {
    for (Map.Entry<String, Bytes> entry : documents.checksums().digests().entrySet()) {
      Bytes found = documents.files().get(KmsAssets.archive(entry.getKey())).digest().sha256();
      checks.require(
          found.equals(entry.getValue()),
          "checksum",
          "SHA-256",
          Refusal.of(
              ReleaseCode.CHECKSUM_MISMATCH,
              entry.getKey(),
              "its SHA-256 is not the one in " + documents.names().checksums(),
              found.hex(),
              entry.getValue().hex()));
      checks.passed(entry.getKey(), "checksum", "SHA-256", "");
    }
  }

  private void manifestChecksums() throws RefusedException {
    Map<String, Bytes> binaries = documents.manifest().binaries();
    for (Map.Entry<String, Bytes> entry : documents.checksums().digests().entrySet()) {
      Optional<Bytes> said = Optional.ofNullable(binaries.get(entry.getKey()));
      String what = "checksums";
      checks.require(
          said.isPresent(),
          what,
          COMPARED,
          Refusal.of(
              ReleaseCode.MANIFEST_ENTRY_MISSING,
              manifest,
              "Release manifest missing binary checksum entry for " + entry.getKey()));
      checks.require(
          said.equals(Optional.of(entry.getValue())),
          what,
          COMPARED,
          Refusal.of(
              ReleaseCode.MANIFEST_CHECKSUM_MISMATCH,
              manifest,
              "Checksum mismatch between manifest and checksums for " + entry.getKey(),
              said.map(Bytes::hex).orElse(""),
              entry.getValue().hex()));
    }
    for (String file : binaries.keySet()) {
      checks.require(
          documents.checksums().of(file).isPresent(),
          "checksums",
          COMPARED,
          Refusal.of(
              ReleaseCode.CHECKSUM_ENTRY_MISSING,
              documents.names().checksums().name(),
              "Checksums file missing entry for " + file));
    }
    checks.passed(manifest, "checksums", COMPARED, "those of the archives");
  }

  private void manifestNames() throws RefusedException {
    KmsAssets names = documents.names();
    requireNamed(documents.manifest().unprofiledPolicy(), names.unprofiledPolicy());
    for (Profile profile : documents.policies().keySet()) {
      String named = documents.manifest().policies().getOrDefault(profile, "");
      // Older manifests of A name no policies of profiles.
      if (!named.isEmpty() || names == KmsAssets.CLUSTER) {
        requireNamed(named, names.policy(profile));
      }
    }
    Map<String, String> assets = documents.manifest().assets();
    if (names == KmsAssets.CLUSTER) {
      requireNamed(assets.getOrDefault("compatibility_map_asset", ""), names.compatibilityMap());
    } else {
      requireNamed(assets.getOrDefault("container_metadata_asset", ""), names.containerMetadata());
    }
    checks.passed(manifest, "asset names", COMPARED, "");
  }

  private void requireNamed(String named, Asset asset) throws RefusedException {
    checks.require(
        named.equals(asset.name()),
        "asset names",
        COMPARED,
        Refusal.of(
            ReleaseCode.MANIFEST_NAMES_OTHER_ASSET,
            manifest,
            "the manifest names another file than the one that is read",
            named,
            asset.name()));
  }

  private void commits() throws RefusedException {
    String commit = documents.manifest().commit();
    requireCommit("policy", commit, documents.unprofiled().commit());
    for (Map.Entry<Profile, KmsPolicy> policy : documents.policies().entrySet()) {
      requireCommit(policy.getKey() + " policy", commit, policy.getValue().commit());
    }
    if (documents.metadata().isPresent()) {
      requireCommit("container metadata", commit, documents.metadata().get().commit());
    }
    checks.passed(documents.files().version().kmsTag(), "commit", COMPARED, commit);
  }

  private void requireCommit(String what, String manifests, String other) throws RefusedException {
    checks.require(
        manifests.equals(other),
        "commit",
        COMPARED,
        Refusal.of(
            ReleaseCode.COMMIT_MISMATCH,
            documents.files().version().kmsTag(),
            "Manifest and %s commit mismatch".formatted(what),
            other,
            manifests));
  }

  private void containers(ContainerMetadata metadata) throws RefusedException {
    Optional<Container> own = documents.manifest().container();
    String what = "container digests";
    checks.require(
        own.isPresent(),
        what,
        COMPARED,
        Refusal.of(ReleaseCode.DOCUMENT_MALFORMED, manifest, "the manifest names no container"));
    Container container = own.orElseThrow();
    checks.require(
        container.digest().equals(metadata.container().digest())
            && container.profiles().equals(metadata.container().profiles()),
        what,
        COMPARED,
        Refusal.of(
            ReleaseCode.CONTAINER_DIGEST_MISMATCH,
            documents.names().containerMetadata().name(),
            "Manifest and container metadata digest mismatch",
            "sha256:" + metadata.container().digest().hex(),
            "sha256:" + container.digest().hex()));
    requireDifferent(container.profiles(), what);
    checks.passed(manifest, what, COMPARED, "those of the container metadata");
  }

  private void images() throws RefusedException {
    Map<Profile, String> images = documents.manifest().images();
    requireDifferent(images, "images");
    for (Profile profile : Profile.values()) {
      checks.require(
          images.getOrDefault(profile, "").startsWith(prefix(profile)),
          "images",
          COMPARED,
          Refusal.of(
              ReleaseCode.DOCUMENT_MALFORMED,
              manifest,
              "the image of " + profile + " is not one of it",
              images.getOrDefault(profile, ""),
              prefix(profile) + "…"));
    }
    checks.passed(manifest, "images", COMPARED, "");
  }

  /** What names of images of a profile begin with: a version follows. */
  static String prefix(Profile profile) {
    return "merotee-kms-" + profile.text().toLowerCase(Locale.ROOT) + "-";
  }

  private void requireDifferent(Map<Profile, ?> images, String what) throws RefusedException {
    checks.require(
        new HashSet<>(images.values()).size() == images.size(),
        what,
        COMPARED,
        Refusal.of(ReleaseCode.PROFILES_SHARE_IMAGE, manifest, "two profiles have the same image"));
  }
}
