package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.document.Checksums;
import network.calimero.tee.release.source.SourceException;

/** One verification of a version, in the order of its checks. */
final class Verification {
  /**
   * From about here on, releases name their assets without {@code phala}: which to ask for first.
   */
  private static final ReleaseVersion RENAMED = new ReleaseVersion(2, 3, 75);

  private static final String COMPLETE = "completeness";
  private static final String HOW = "each file asked for";

  private final ReleaseVersion version;
  private final Fetching fetching;
  private final SignatureChecks signatures;
  private final CheckList checks;
  private final ExecutorService executor;

  Verification(
      ReleaseVersion version,
      Fetching fetching,
      SignatureChecks signatures,
      CheckList checks,
      ExecutorService executor) {
    this.version = version;
    this.fetching = fetching;
    this.signatures = signatures;
    this.checks = checks;
    this.executor = executor;
  }

  /** All of it. What of the node images has to be fetched is fetched meanwhile. */
  VerifiedRelease of(Scope scope) throws RefusedException, SourceException {
    Future<Map<Asset, SignedAsset>> node = nodeFiles(scope);
    try {
      KmsAssets names = names();
      KmsDocuments kms = kms(names);
      List<VerifiedAsset> assets = new ArrayList<>(kms.files().assets().values());
      if (scope == Scope.BOTH) {
        Map<Asset, SignedAsset> fetched = InParallel.result(node);
        requireAll(Family.NODE, NodeAssets.all(), fetched);
        checks.passed(
            Family.NODE.tag(version), COMPLETE, HOW, fetched.size() + " files with signatures");
        Documents files = new Documents(version, signatures.all(fetched.values(), names), checks);
        new NodeChecks(files).all(kms.policies());
        assets.addAll(files.assets().values());
      }
      return new VerifiedRelease(version, kms.generation(), kms.manifest().commit(), assets);
    } finally {
      node.cancel(true);
    }
  }

  private Future<Map<Asset, SignedAsset>> nodeFiles(Scope scope) {
    return scope == Scope.BOTH
        ? executor.submit(() -> fetching.signed(NodeAssets.all()))
        : CompletableFuture.completedFuture(Map.of());
  }

  /**
   * By which names there is a manifest; first asked for by those that the version leads to expect.
   */
  private KmsAssets names() throws RefusedException, SourceException {
    boolean renamed = version.compareTo(RENAMED) >= 0;
    KmsAssets likely = renamed ? KmsAssets.CLUSTER : KmsAssets.PHALA;
    KmsAssets other = renamed ? KmsAssets.PHALA : KmsAssets.CLUSTER;
    for (KmsAssets names : List.of(likely, other)) {
      if (fetching.one(names.manifest()).isPresent()) {
        return names;
      }
    }
    throw missing(Family.KMS, likely.manifest(), "the release has no " + likely.manifest());
  }

  private KmsDocuments kms(KmsAssets names) throws RefusedException, SourceException {
    ExpectedAssets expected = new ExpectedAssets(names);
    Map<Asset, SignedAsset> fetched = fetching.signed(expected.all());
    requireAll(Family.KMS, expected.required(fetched.keySet()), fetched);
    Map<Asset, VerifiedAsset> verified =
        new LinkedHashMap<>(signatures.all(List.of(removed(fetched, names.checksums())), names));
    Checksums checksums =
        new Documents(version, verified, checks).read(names.checksums(), Checksums::parse);
    List<Asset> archives = checksums.digests().keySet().stream().map(KmsAssets::archive).toList();
    fetched.putAll(fetching.signed(archives));
    requireAll(Family.KMS, archives, fetched);
    expected
        .missing(fetched.keySet())
        .forEach(asset -> checks.skipped(asset.name(), COMPLETE, "the release has none"));
    checks.passed(version.kmsTag(), COMPLETE, HOW, fetched.size() + 1 + " files with signatures");
    verified.putAll(signatures.all(fetched.values(), names));
    Documents files = new Documents(version, verified, checks);
    KmsDocuments documents = KmsDocuments.read(names, files, checksums);
    if (documents.manifest().hasProfiles()) {
      // Whoever hides all of them from us makes the release look like one from before profiles.
      requireAll(Family.KMS, expected.withProfiles(), fetched);
    }
    new AgreementChecks(documents).all();
    new PolicyChecks(documents).all();
    if (documents.map().isPresent()) {
      new MapChecks(documents, documents.map().get()).all();
    }
    new BundleChecks(documents).all();
    return documents;
  }

  /**
   * Checksums say which archives there must be, so that their signature is verified before the
   * others.
   */
  private static SignedAsset removed(Map<Asset, SignedAsset> fetched, Asset asset) {
    SignedAsset removed = fetched.remove(asset);
    if (removed == null) {
      throw new IllegalStateException(asset + " was not required");
    }
    return removed;
  }

  private void requireAll(Family family, List<Asset> required, Map<Asset, SignedAsset> fetched)
      throws RefusedException {
    for (Asset asset : required) {
      SignedAsset signed = fetched.get(asset);
      if (signed == null) {
        throw missing(family, asset, reason(asset));
      }
      requireSignature(asset.signature(), signed.signature());
      requireSignature(asset.certificate(), signed.certificate());
    }
  }

  private static String reason(Asset asset) {
    return switch (asset.kind()) {
      case ARCHIVE -> "Release is missing required archive asset: " + asset;
      default -> "the release has no " + asset;
    };
  }

  private void requireSignature(Asset file, Optional<Bytes> content) throws RefusedException {
    if (content.isEmpty()) {
      throw checks.refuse(
          COMPLETE,
          HOW,
          Refusal.of(ReleaseCode.SIGNATURE_MISSING, file.name(), "the release has no " + file));
    }
  }

  private RefusedException missing(Family family, Asset asset, String reason) {
    return checks.refuse(
        COMPLETE,
        HOW,
        Refusal.of(
            ReleaseCode.ASSET_MISSING,
            asset.name(),
            reason,
            "",
            asset + " in " + family.tag(version)));
  }
}
