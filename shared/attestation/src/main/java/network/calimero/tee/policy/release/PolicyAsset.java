package network.calimero.tee.policy.release;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.policy.Profile;

/**
 * A file of a KMS release that can hold its policy (policy-and-releases.md, "mero-kms-vX.Y.Z").
 *
 * @param name its file name
 * @param legacy whether it is the one of releases that had no profiles: such a document may be
 *     silent on role and profile
 */
public record PolicyAsset(String name, boolean legacy) {
  private static final String PHALA = "kms-phala-attestation-policy";
  private static final String CLUSTER = "kms-attestation-policy";

  /** From about here on, releases name their assets without {@code phala}. */
  private static final ReleaseVersion RENAMED = new ReleaseVersion(2, 3, 75);

  /**
   * The files to ask for, each only if those before it are not part of the release. The legacy one
   * stands for locked-read-only and nothing else.
   */
  public static List<PolicyAsset> candidates(ReleaseVersion version, Profile profile) {
    List<PolicyAsset> assets = new ArrayList<>();
    if (version.compareTo(RENAMED) >= 0) {
      assets.add(ofProfile(CLUSTER, profile));
    }
    assets.add(ofProfile(PHALA, profile));
    if (profile == Profile.LOCKED_READ_ONLY) {
      assets.add(new PolicyAsset(PHALA + ".json", true));
    }
    return List.copyOf(assets);
  }

  private static PolicyAsset ofProfile(String name, Profile profile) {
    return new PolicyAsset(name + "." + profile.text() + ".json", false);
  }
}
