package network.calimero.tee.policy.release;

import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;

/** The policy of one release and profile, made only by {@link PolicyDocument#forRelease}. */
public final class ReleasePolicy {
  private final ReleaseVersion version;
  private final Profile profile;
  private final AllowedValues nodes;
  private final AllowedValues kms;
  private final Set<Bytes> composeHashes;

  ReleasePolicy(
      ReleaseVersion version,
      Profile profile,
      AllowedValues nodes,
      AllowedValues kms,
      Set<Bytes> composeHashes) {
    this.version = version;
    this.profile = profile;
    this.nodes = nodes;
    this.kms = kms;
    this.composeHashes = Set.copyOf(composeHashes);
  }

  /** The release. */
  public ReleaseVersion version() {
    return version;
  }

  /** The cohort. */
  public Profile profile() {
    return profile;
  }

  /**
   * What a KMS judges nodes by.
   *
   * @throws PolicyDocumentException naming every list that is empty
   */
  public AppraisalPolicy.Enforced forNodes() throws PolicyDocumentException {
    return nodes.policy(profile, Role.NODE);
  }

  /**
   * What a node judges the KMS by, beside its {@link #composeHashes compose hash}.
   *
   * @throws PolicyDocumentException naming every list that is empty
   */
  public AppraisalPolicy.Enforced forKms() throws PolicyDocumentException {
    return kms.policy(profile, Role.KMS);
  }

  /**
   * SHA-256 of each app-compose document that the KMS may run from, 32 bytes; empty where the
   * release names none, as those before about 2.3.73 did.
   */
  public Set<Bytes> composeHashes() {
    return composeHashes;
  }
}
