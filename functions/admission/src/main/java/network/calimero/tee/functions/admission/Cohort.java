package network.calimero.tee.functions.admission;

import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.sigstore.ArtifactDigest;

/**
 * The nodes of one profile of one release, as a verified document says.
 *
 * @param document its digest
 * @param allowed every list of registers has a value
 * @param policy the same, to appraise by
 */
record Cohort(
    ReleaseVersion version,
    Profile profile,
    ArtifactDigest document,
    AllowedValues allowed,
    AppraisalPolicy.Enforced policy) {

  /**
   * The cohort of those lists.
   *
   * @throws PolicyDocumentException if a list is empty
   */
  static Cohort of(
      ReleaseVersion version, Profile profile, ArtifactDigest document, AllowedValues allowed)
      throws PolicyDocumentException {
    return new Cohort(version, profile, document, allowed, allowed.policy(profile, Role.NODE));
  }

  String tag() {
    return Family.NODE.tag(version);
  }

  boolean has(Register register, Measurement value) {
    return allowed.list(register).values().contains(value);
  }

  @Override
  public String toString() {
    return tag() + ", " + profile;
  }
}
