package network.calimero.tee.functions.policy;

import java.util.Optional;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;

/** Releases and profiles as bodies name them. */
final class Asked {
  private Asked() {}

  /** X.Y.Z, alone or after a prefix of tags. */
  static ReleaseVersion version(String tag) throws ApiException {
    return ReleaseVersion.ofAnyTag(tag)
        .orElseThrow(() ->
            new ApiException(
                PolicyProblem.INVALID_TAG,
                "the release is not X.Y.Z, alone or after mero-kms-v or mero-tee-v"));
  }

  /** The profile; locked-read-only if none is named. */
  static Profile profile(Fields body) throws ApiException {
    Optional<String> name = body.findText("profile");
    if (name.isEmpty()) {
      return Profile.LOCKED_READ_ONLY;
    }
    return Profile.of(name.get())
        .orElseThrow(() -> new ApiException(PolicyProblem.INVALID_PROFILE, "no such profile"));
  }
}
