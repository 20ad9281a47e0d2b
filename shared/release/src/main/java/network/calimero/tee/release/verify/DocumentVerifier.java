package network.calimero.tee.release.verify;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.document.CompatibilityMap;
import network.calimero.tee.release.document.PublishedMrtds;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.source.SourceException;

/**
 * Verifies single documents of releases: who signed them, and that each is what its name says of
 * that version (policy-and-releases.md, "Signatures" and "Loading checks"). For whoever judges by
 * one document and cannot fetch a whole release first; what documents say of each other is {@link
 * ReleaseVerifier}'s. Safe for several threads.
 */
public final class DocumentVerifier {
  private final ReleaseSource source;
  private final Signatures signatures;
  private final SignerRule rule;

  /** Verifies what comes from there, signed by whom that rule says. */
  public DocumentVerifier(ReleaseSource source, Signatures signatures, SignerRule rule) {
    this.source = source;
    this.signatures = signatures;
    this.rule = rule;
  }

  /**
   * Verifies a document.
   *
   * @throws IllegalArgumentException if that asset is none that is read
   */
  public DocumentReport verify(ReleaseVersion version, Asset asset) {
    if (!asset.kind().isRead()) {
      throw new IllegalArgumentException(asset + " is no document");
    }
    CheckList checks = new CheckList();
    DocumentReport.Outcome outcome = outcome(version, asset, checks);
    return new DocumentReport(version, asset, checks.all(), outcome);
  }

  private DocumentReport.Outcome outcome(ReleaseVersion version, Asset asset, CheckList checks) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      SignedAsset signed =
          new Fetching(source, version, executor).signed(List.of(asset)).get(asset);
      if (signed == null) {
        return new DocumentReport.Absent();
      }
      requireSignature(asset.signature(), signed.signature(), checks);
      requireSignature(asset.certificate(), signed.certificate(), checks);
      SignatureChecks by = new SignatureChecks(signatures, rule, executor, checks);
      Documents document =
          new Documents(version, by.all(List.of(signed), KmsAssets.naming(asset)), checks);
      requireOwn(document, asset);
      return new DocumentReport.Genuine(document.get(asset));
    } catch (RefusedException e) {
      return new DocumentReport.Refused(e.refusal());
    } catch (SourceException e) {
      return e.code().isRefusal()
          ? new DocumentReport.Refused(Refusal.of(version, e))
          : new DocumentReport.Unknown(e);
    }
  }

  private static void requireSignature(Asset file, Optional<Bytes> content, CheckList checks)
      throws RefusedException {
    checks.require(
        content.isPresent(),
        "completeness",
        "each file asked for",
        Refusal.of(ReleaseCode.SIGNATURE_MISSING, file.name(), "the release has no " + file));
  }

  /** A signature says who made a file, not that it is the one of that name and version. */
  private static void requireOwn(Documents documents, Asset asset) throws RefusedException {
    KmsAssets names = KmsAssets.naming(asset);
    if (asset.equals(NodeAssets.PUBLISHED_MRTDS)) {
      documents.requireVersion(asset, documents.read(asset, PublishedMrtds::parse).tag());
    } else if (asset.equals(names.compatibilityMap())) {
      documents.requireVersion(asset, documents.read(asset, CompatibilityMap::parse).tag());
    } else if (asset.equals(names.unprofiledPolicy())) {
      requirePolicy(documents, asset, Profile.LOCKED_READ_ONLY, true);
    } else {
      for (Profile profile : Profile.values()) {
        if (asset.equals(names.policy(profile))) {
          requirePolicy(documents, asset, profile, false);
        }
      }
    }
  }

  private static void requirePolicy(
      Documents documents, Asset asset, Profile profile, boolean legacy) throws RefusedException {
    CheckList checks = documents.checks();
    PolicyAsset file = new PolicyAsset(asset.name(), legacy);
    try {
      PolicyDocument policy = PolicyDocument.parse(documents.get(asset).content());
      checks.passed(asset.name(), "form", "its schema", "");
      documents.requireVersion(asset, policy.tag());
      policy.forRelease(documents.version(), profile, file);
      checks.passed(asset.name(), "role and profile", "compared", profile.text());
    } catch (PolicyDocumentException e) {
      throw checks.refuse(
          "form",
          "its schema",
          Refusal.of(ReleaseCode.DOCUMENT_MALFORMED, asset.name(), String.valueOf(e.getMessage())));
    }
  }
}
