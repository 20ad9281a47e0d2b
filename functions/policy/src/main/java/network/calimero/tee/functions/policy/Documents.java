package network.calimero.tee.functions.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.published.PublishedDocuments;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.VerifiedAsset;

/** Verified documents, or the refusals that there are instead. */
final class Documents {
  private static final int ERRORS = 400;

  private final PublishedDocuments documents;

  Documents(PublishedDocuments documents) {
    this.documents = documents;
  }

  /**
   * The first of some files that the release has.
   *
   * @throws ApiException if it has none, or that one is not genuine
   */
  VerifiedAsset first(ReleaseVersion version, List<Asset> names, Instant now) throws ApiException {
    return find(version, names, now)
        .orElseThrow(() ->
            new ApiException(
                PolicyProblem.RELEASE_NOT_FOUND,
                "%s has no %s"
                    .formatted(names.getFirst().family().tag(version), names.getFirst())));
  }

  /** The same; empty if it has none. */
  Optional<VerifiedAsset> find(ReleaseVersion version, List<Asset> names, Instant now)
      throws ApiException {
    for (Asset asset : names) {
      switch (documents.document(version, asset, now).outcome()) {
        case DocumentReport.Genuine genuine -> {
          return Optional.of(genuine.document());
        }
        case DocumentReport.Absent _ -> {
          // The next name, if there is one.
        }
        case DocumentReport.Refused refused ->
            throw new ApiException(
                PolicyProblem.RELEASE_REFUSED,
                "%s of %s: %s (%s)"
                    .formatted(
                        asset, version, refused.refusal().reason(), refused.refusal().code()));
        case DocumentReport.Unknown unknown -> throw failed(asset, unknown.failure());
      }
    }
    return Optional.empty();
  }

  /** The release host's own status is passed on where it says that something is wrong. */
  private static ApiException failed(Asset asset, SourceException e) {
    if (e.code() == SourceException.Code.BUSY) {
      return new ApiException(ApiProblem.BUSY, e.reason());
    }
    ApiException failed =
        new ApiException(
            PolicyProblem.RELEASE_HOST_FAILED,
            "%s could not be had (%s)".formatted(asset, e.code().text()),
            e);
    return e.status() >= ERRORS ? failed.withStatus(e.status()) : failed;
  }

  /** Says how an answer was verified, whatever its body. */
  static HttpAnswer verified(HttpAnswer answer, VerifiedAsset document) {
    return answer
        .with("X-Mero-Asset", document.asset().name())
        .with("X-Mero-Asset-SHA256", document.digest().toString())
        .with(
            "X-Mero-Verified",
            "sigstore; form=\"%s\"; signed=%s; log-index=%d"
                .formatted(
                    document.signer().form().text(),
                    document.signer().integratedTime(),
                    document.signer().logIndex()));
  }
}
