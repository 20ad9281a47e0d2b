package network.calimero.tee.functions.policy;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.config.KmsUrl;
import network.calimero.tee.release.config.MerodConfig;
import network.calimero.tee.release.verify.VerifiedAsset;

/** {@code POST /api/policy/merod-config}: what a node is told to take for its KMS. */
final class MerodConfigs {
  private static final String TOML = "application/toml";

  private final Documents documents;

  MerodConfigs(Documents documents) {
    this.documents = documents;
  }

  Endpoint endpoint() {
    Schema body =
        Schema.object()
            .required("tag", Schema.text().describedAs("X.Y.Z, alone or after mero-kms-v."))
            .required("kms_url", Schema.text())
            .optional("profile", Schema.text().describedAs("By default locked-read-only."))
            .optional("format", Schema.choice("toml", "json"))
            .open();
    return Endpoint.post(
            "/api/policy/merod-config",
            "merod's configuration from a signed policy",
            body,
            JsonBounds.small())
        .description(
            "The same text as scripts/policy/generate-merod-kms-phala-attestation-config.sh and"
                + " mero-tee policy generate; signature, version, role and profile of the policy"
                + " are verified first, the rest of the release is not looked at.")
        .answersText("TOML, unless JSON is asked for", TOML)
        .answers("JSON", json())
        .refuses(
            PolicyProblem.INVALID_TAG,
            PolicyProblem.INVALID_PROFILE,
            PolicyProblem.INVALID_KMS_URL,
            PolicyProblem.POLICY_UNUSABLE,
            PolicyProblem.RELEASE_NOT_FOUND,
            PolicyProblem.RELEASE_REFUSED,
            PolicyProblem.RELEASE_HOST_FAILED)
        .handledBy(this::answer);
  }

  private static Schema json() {
    Schema origin =
        Schema.object()
            .required("asset", Schema.text())
            .required("sha256", Schema.text())
            .required("place", Schema.text());
    return Schema.object()
        .required("tag", Schema.text())
        .required("commit", Schema.hex(20))
        .required("profile", Schema.text())
        .required("config", Schema.object().open())
        .required("origins", Schema.mapOf(origin));
  }

  private HttpAnswer answer(Request request) throws ApiException {
    Fields body = request.body();
    String tag = body.text("tag");
    ReleaseVersion version = Asked.version(tag);
    Profile profile = Asked.profile(body);
    boolean json = isJson(body);
    KmsUrl url = url(body);
    VerifiedAsset policy = documents.first(version, policies(profile), request.call().receivedAt());
    try {
      MerodConfig config = MerodConfig.of(tag, profile, url, policy);
      HttpAnswer answer =
          json ? HttpAnswer.json(config.json()) : HttpAnswer.text(TOML, config.toml(false));
      return Documents.verified(answer, policy);
    } catch (PolicyDocumentException e) {
      throw new ApiException(PolicyProblem.POLICY_UNUSABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** As the script looks for them: the un-profiled one stands for locked-read-only only. */
  private static List<Asset> policies(Profile profile) {
    List<Asset> names = new ArrayList<>(ReleaseReads.policies(profile));
    if (profile == Profile.LOCKED_READ_ONLY) {
      names.add(KmsAssets.CLUSTER.unprofiledPolicy());
      names.add(KmsAssets.PHALA.unprofiledPolicy());
    }
    return names;
  }

  private static boolean isJson(Fields body) throws ApiException {
    return switch (body.findText("format").orElse("toml")) {
      case "toml" -> false;
      case "json" -> true;
      default ->
          throw new ApiException(ApiProblem.INVALID_FIELD, "format is neither toml nor json");
    };
  }

  private static KmsUrl url(Fields body) throws ApiException {
    try {
      return KmsUrl.of(body.text("kms_url"));
    } catch (IllegalArgumentException e) {
      throw new ApiException(PolicyProblem.INVALID_KMS_URL, "kms_url: " + e.getMessage(), e);
    }
  }
}
