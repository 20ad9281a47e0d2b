package network.calimero.tee.release.verify;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.document.Checksums;
import network.calimero.tee.release.document.RekorIndex;
import network.calimero.tee.release.document.TrustBundle;

/** Whether the index of the log and the trust bundle are about the files of their release. */
final class BundleChecks {
  private static final String MANIFEST = "MANIFEST.txt";

  private final KmsDocuments documents;
  private final KmsAssets names;
  private final CheckList checks;

  /** Only C promises that these are right. */
  private final boolean cluster;

  BundleChecks(KmsDocuments documents) {
    this.documents = documents;
    this.names = documents.names();
    this.checks = documents.checks();
    this.cluster = documents.generation() == Generation.C;
  }

  void all() throws RefusedException {
    if (documents.files().has(names.rekorIndex())) {
      index(documents.files().read(names.rekorIndex(), RekorIndex::parse));
    } else {
      checks.skipped(names.rekorIndex().name(), "index", "the release has none");
    }
    if (documents.files().has(names.trustBundle())) {
      bundle(documents.files().read(names.trustBundle(), TrustBundle::parse));
    } else {
      checks.skipped(names.trustBundle().name(), "copies", "the release has none");
    }
  }

  private void index(RekorIndex index) throws RefusedException {
    Asset asset = names.rekorIndex();
    documents.files().requireVersion(asset, index.tag());
    for (Asset indexed : indexed()) {
      Optional<Bytes> said = Optional.ofNullable(index.digests().get(indexed.name()));
      require(
          said.isPresent(),
          ReleaseCode.INDEX_INCOMPLETE,
          asset,
          "index",
          "it does not have " + indexed);
    }
    for (Map.Entry<String, Bytes> entry : index.digests().entrySet()) {
      Optional<Bytes> own = documents.files().digest(entry.getKey());
      require(
          own.isEmpty() || own.get().equals(entry.getValue()),
          ReleaseCode.INDEX_HASH_MISMATCH,
          asset,
          "index",
          "it has another SHA-256 of " + entry.getKey());
    }
    checks.passed(asset.name(), "index", "SHA-256", "");
  }

  /** What was signed before the index was made. */
  private Set<Asset> indexed() {
    Set<Asset> indexed = new LinkedHashSet<>();
    documents.checksums().digests().keySet().forEach(name -> indexed.add(KmsAssets.archive(name)));
    indexed.add(names.checksums());
    documents.policies().keySet().forEach(profile -> indexed.add(names.policy(profile)));
    return indexed;
  }

  private void bundle(TrustBundle bundle) throws RefusedException {
    Asset asset = names.trustBundle();
    Map<String, Bytes> files = new HashMap<>(bundle.files());
    Optional<Bytes> manifest = Optional.ofNullable(files.remove(MANIFEST));
    mustHave(files.keySet());
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      Bytes digest = Sha256.of(file.getValue());
      require(
          documents.files().digest(file.getKey()).equals(Optional.of(digest)),
          ReleaseCode.TRUST_BUNDLE_MISMATCH,
          asset,
          "copies",
          "its copy of %s is not the released file".formatted(file.getKey()));
      require(
          listed(manifest, file.getKey()).equals(Optional.of(digest)),
          ReleaseCode.TRUST_BUNDLE_MISMATCH,
          asset,
          "copies",
          "its MANIFEST.txt does not have %s as it is".formatted(file.getKey()));
    }
    checks.passed(asset.name(), "copies", "SHA-256", files.size() + " files");
  }

  private void mustHave(Set<String> files) throws RefusedException {
    Set<String> wanted = new LinkedHashSet<>();
    wanted.add(names.checksums().name());
    wanted.add(names.manifest().name());
    for (Profile profile : documents.policies().keySet()) {
      wanted.add(names.policy(profile).name());
    }
    for (String name : wanted) {
      require(
          files.contains(name),
          ReleaseCode.TRUST_BUNDLE_MISMATCH,
          names.trustBundle(),
          "copies",
          "it has no " + name);
    }
  }

  private static Optional<Bytes> listed(Optional<Bytes> manifest, String file) {
    try {
      return manifest.isEmpty() ? Optional.empty() : Checksums.parse(manifest.get()).of(file);
    } catch (MalformedException e) {
      return Optional.empty(); // then the file is not listed
    }
  }

  private void require(boolean holds, ReleaseCode code, Asset asset, String what, String reason)
      throws RefusedException {
    checks.require(holds, cluster, what, "SHA-256", Refusal.of(code, asset.name(), reason));
  }
}
