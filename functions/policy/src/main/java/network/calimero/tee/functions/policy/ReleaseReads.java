package network.calimero.tee.functions.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Parameter;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.verify.VerifiedAsset;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads of release data (verifier-api.md), each verified before it is served; how is said in
 * headers, since bodies are passed on byte for byte.
 */
final class ReleaseReads {
  /** verifier-api.md: five minutes. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private static final String VERSION =
      "(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})";
  private static final Parameter KMS_TAG = tag("mero-kms-v");
  private static final Parameter NODE_TAG = tag("mero-tee-v");
  private static final Parameter PROFILE =
      Parameter.required(
          "profile",
          "Which of the three.",
          "debug|debug-read-only|locked-read-only",
          "debug, debug-read-only or locked-read-only",
          PolicyProblem.INVALID_PROFILE);

  private final Documents documents;

  ReleaseReads(Documents documents) {
    this.documents = documents;
  }

  private static Parameter tag(String prefix) {
    return Parameter.required(
        "tag",
        "The release.",
        prefix.replace(".", "\\.") + VERSION,
        prefix + "X.Y.Z",
        PolicyProblem.INVALID_TAG);
  }

  List<Endpoint> endpoints() {
    return List.of(
        read("/api/policy", "the attestation policy of a profile, as published", KMS_TAG)
            .parameter(PROFILE)
            .answers("the document, byte for byte", Schema.object().open())
            .handledBy(this::policy),
        read("/api/node-policy", "the published measurements of node images", NODE_TAG)
            .answers("by profile", Schema.object().required("profiles", Schema.object().open()))
            .handledBy(this::nodePolicy),
        read("/api/compat-map", "which images belong together, as published", KMS_TAG)
            .answers("the document, byte for byte", Schema.object().open())
            .handledBy(this::map));
  }

  private static Endpoint.Builder read(String path, String summary, Parameter tag) {
    return Endpoint.get(path, summary)
        .description(
            "Verified before it is served: X-Mero-Verified says how, X-Mero-Asset and"
                + " X-Mero-Asset-SHA256 what. The release host's status is passed on.")
        .parameter(tag)
        .refuses(
            PolicyProblem.RELEASE_NOT_FOUND,
            PolicyProblem.RELEASE_REFUSED,
            PolicyProblem.RELEASE_HOST_FAILED)
        .cachedFor(KEPT);
  }

  /** The old name only if the release lacks the new one. */
  static List<Asset> policies(Profile profile) {
    return List.of(KmsAssets.CLUSTER.policy(profile), KmsAssets.PHALA.policy(profile));
  }

  private VerifiedAsset document(Request request, List<Asset> names) throws ApiException {
    Instant now = request.call().receivedAt();
    ReleaseVersion version = ReleaseVersion.ofAnyTag(request.parameter("tag")).orElseThrow();
    return documents.first(version, names, now);
  }

  private static HttpAnswer asItIs(VerifiedAsset document) {
    return Documents.verified(HttpAnswer.json(200, document.content()), document);
  }

  private HttpAnswer policy(Request request) throws ApiException {
    Profile profile = Profile.of(request.parameter("profile")).orElseThrow();
    return asItIs(document(request, policies(profile)));
  }

  private HttpAnswer map(Request request) throws ApiException {
    return asItIs(
        document(
            request,
            List.of(KmsAssets.CLUSTER.compatibilityMap(), KmsAssets.PHALA.compatibilityMap())));
  }

  private HttpAnswer nodePolicy(Request request) throws ApiException {
    VerifiedAsset document = document(request, List.of(NodeAssets.PUBLISHED_MRTDS));
    ObjectNode profiles = JsonMapper.shared().createObjectNode();
    profiles.set(
        "profiles", JsonMapper.shared().readTree(document.content().toArray()).path("profiles"));
    return Documents.verified(HttpAnswer.json(profiles), document);
  }
}
