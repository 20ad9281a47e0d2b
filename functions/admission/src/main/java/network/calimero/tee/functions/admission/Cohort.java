package network.calimero.tee.functions.admission;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedValues;
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
   * @throws IllegalArgumentException if a list is empty
   */
  static Cohort of(
      ReleaseVersion version, Profile profile, ArtifactDigest document, AllowedValues allowed) {
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      lists.put(register, allowed.list(register).values());
    }
    return new Cohort(
        version,
        profile,
        document,
        allowed,
        new AppraisalPolicy.Enforced(
            profile,
            Role.NODE,
            allowed.statuses().values(),
            new ReferenceValues.SeparateLists(lists)));
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
