package network.calimero.tee.functions.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.AtOnce;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.document.PublishedMrtds;
import network.calimero.tee.release.published.PublishedDocuments;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.VerifiedAsset;

/**
 * What is published of nodes, as far as it verifies.
 *
 * @param cohorts of all profiles, newest release first
 * @param missing why something that is published may not be among them: then nobody knows whether a
 *     node that matches none would have matched; empty if nothing is missing
 */
record PublishedCohorts(List<Cohort> cohorts, Optional<ApiException> missing) {

  /**
   * Those of some releases, all asked for at once: a function that has just started has none.
   *
   * @throws ApiException if this call is given up
   */
  static PublishedCohorts of(
      List<ReleaseVersion> releases, PublishedDocuments documents, Instant now)
      throws ApiException {
    List<AtOnce.Task<DocumentReport>> tasks = new ArrayList<>();
    releases.stream()
        .sorted(Comparator.<ReleaseVersion>reverseOrder())
        .forEach(version ->
            tasks.add(() -> documents.document(version, NodeAssets.PUBLISHED_MRTDS, now)));
    List<Cohort> cohorts = new ArrayList<>();
    Optional<ApiException> missing = Optional.empty();
    for (DocumentReport report : AtOnce.all(tasks)) {
      try {
        cohorts.addAll(read(report.version(), report.outcome()));
      } catch (ApiException e) {
        missing = missing.or(() -> Optional.of(e));
      }
    }
    return new PublishedCohorts(List.copyOf(cohorts), missing);
  }

  private static List<Cohort> read(ReleaseVersion version, DocumentReport.Outcome outcome)
      throws ApiException {
    return switch (outcome) {
      case DocumentReport.Genuine genuine -> read(version, genuine.document());
      case DocumentReport.Absent _ -> List.of(); // a fact: who runs it matches nothing
      case DocumentReport.Refused refused ->
          throw new ApiException(
              AdmissionProblem.MEASUREMENTS_REFUSED,
              "%s of %s: %s"
                  .formatted(NodeAssets.PUBLISHED_MRTDS, version, refused.refusal().reason()));
      case DocumentReport.Unknown unknown ->
          throw new ApiException(
              AdmissionProblem.MEASUREMENTS_UNAVAILABLE,
              "the measurements of %s could not be had (%s)"
                  .formatted(version, unknown.failure().code().text()),
              unknown.failure());
    };
  }

  private static List<Cohort> read(ReleaseVersion version, VerifiedAsset document)
      throws ApiException {
    List<Cohort> cohorts = new ArrayList<>();
    try {
      PublishedMrtds published = PublishedMrtds.parse(document.content());
      for (Profile profile : Profile.values()) {
        PublishedMrtds.Entry entry = published.profiles().get(profile);
        if (entry != null) {
          cohorts.add(Cohort.of(version, profile, document.digest(), entry.allowed()));
        }
      }
    } catch (MalformedException | PolicyDocumentException | IllegalArgumentException e) {
      throw new ApiException(
          AdmissionProblem.MEASUREMENTS_REFUSED,
          "%s of %s: %s".formatted(NodeAssets.PUBLISHED_MRTDS, version, e.getMessage()),
          e);
    }
    return cohorts;
  }
}
