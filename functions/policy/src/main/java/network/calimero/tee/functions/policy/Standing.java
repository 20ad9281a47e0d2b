package network.calimero.tee.functions.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.published.PublishedDocuments;
import network.calimero.tee.release.source.ListedRelease;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.VerifiedAsset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the document verifies that a release is there for.
 *
 * @param verified empty if nobody knows
 * @param reason why not; empty if it does
 */
record Standing(
    Optional<Boolean> verified, Optional<String> reason, Optional<VerifiedAsset> document) {

  static Standing notInTime() {
    return unknown("it was not verified in time; ask again");
  }

  private static Standing unknown(String reason) {
    return new Standing(Optional.empty(), Optional.of(reason), Optional.empty());
  }

  private static Standing refused(String reason) {
    return new Standing(Optional.of(false), Optional.of(reason), Optional.empty());
  }

  static Standing of(ListedRelease release, PublishedDocuments documents, Instant now) {
    List<Asset> names =
        release.family() == Family.NODE
            ? List.of(NodeAssets.PUBLISHED_MRTDS)
            : ReleaseReads.policies(Profile.LOCKED_READ_ONLY);
    for (Asset asset : names) {
      DocumentReport report = documents.document(release.version(), asset, now);
      switch (report.outcome()) {
        case DocumentReport.Genuine(VerifiedAsset document) -> {
          return new Standing(Optional.of(true), Optional.empty(), Optional.of(document));
        }
        case DocumentReport.Absent _ -> {
          // The next name, if there is one.
        }
        case DocumentReport.Refused(var refusal) -> {
          return refused("%s: %s (%s)".formatted(asset, refusal.reason(), refusal.code()));
        }
        case DocumentReport.Unknown(var failure) -> {
          return unknown("%s could not be had (%s)".formatted(asset, failure.code().text()));
        }
      }
    }
    return refused("it is listed, but has no " + names.getFirst());
  }

  void put(ObjectNode entry) {
    entry.set(
        "verified", verified.<JsonNode>map(BooleanNode::valueOf).orElse(NullNode.getInstance()));
    entry.put("reason", reason.orElse(null));
    if (document.isEmpty()) {
      entry.putNull("by");
      return;
    }
    VerifiedAsset verifiedAsset = document.get();
    entry
        .putObject("by")
        .put("asset", verifiedAsset.asset().name())
        .put("sha256", verifiedAsset.digest().toString())
        .put("identity", verifiedAsset.signer().identity())
        .put("signed_at", verifiedAsset.signer().integratedTime().toString())
        .put("log_index", verifiedAsset.signer().logIndex());
  }
}
