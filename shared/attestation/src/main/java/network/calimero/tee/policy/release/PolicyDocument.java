package network.calimero.tee.policy.release;

import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;

/**
 * An attestation policy as a release publishes it (policy-and-releases.md, "Attestation policy"):
 * read, but not yet said to be the one that was wanted. Reads the current form, the older one with
 * lists for both roles, and that of releases 2.1.x.
 */
public final class PolicyDocument {
  /** The largest document that is read, in bytes; real ones have about 4 KiB. */
  public static final int MAX_SIZE = 1024 * 1024;

  private static final String ROLE = "kms";

  private final ReleaseVersion tag;
  private final Optional<String> role;
  private final Optional<String> profile;
  private final AllowedValues nodes;
  private final AllowedValues kms;
  private final Optional<AllowedList<Bytes>> composeHashes;

  PolicyDocument(
      ReleaseVersion tag,
      Optional<String> role,
      Optional<String> profile,
      AllowedValues nodes,
      AllowedValues kms,
      Optional<AllowedList<Bytes>> composeHashes) {
    this.tag = tag;
    this.role = role;
    this.profile = profile;
    this.nodes = nodes;
    this.kms = kms;
    this.composeHashes = composeHashes;
  }

  /**
   * Reads a document.
   *
   * @throws PolicyDocumentException if it is none, or a field that matters is missing or mistyped
   */
  public static PolicyDocument parse(Bytes text) throws PolicyDocumentException {
    return PolicyReader.read(text);
  }

  /** The release that it says it is of. */
  public ReleaseVersion tag() {
    return tag;
  }

  /** What it says it is of; {@code kms} in those that are used. */
  public Optional<String> role() {
    return role;
  }

  /** The profile that it says it is for. */
  public Optional<String> profile() {
    return profile;
  }

  /** Its lists for nodes, as they are: not fit to judge by until {@link #forRelease}. */
  public AllowedValues nodes() {
    return nodes;
  }

  /** Its lists for the KMS, as they are: not fit to judge by until {@link #forRelease}. */
  public AllowedValues kms() {
    return kms;
  }

  /** Its list of compose hashes, 32 bytes each; empty if it has no such list. */
  public Optional<AllowedList<Bytes>> composeHashes() {
    return composeHashes;
  }

  /**
   * Its policy, if it is that of the release and profile that were asked for (policy-and-releases
   * .md, "Loading checks").
   *
   * @param asset the file that it was found in
   * @throws PolicyDocumentException if it is another one's
   */
  public ReleasePolicy forRelease(ReleaseVersion version, Profile wanted, PolicyAsset asset)
      throws PolicyDocumentException {
    if (!tag.equals(version)) {
      throw new PolicyDocumentException("tag", "it is of release " + tag + ", not " + version);
    }
    boolean mayBeSilent = asset.legacy() && wanted == Profile.LOCKED_READ_ONLY;
    requireSaid("role", role, ROLE, mayBeSilent);
    requireSaid("profile", profile, wanted.text(), mayBeSilent);
    return new ReleasePolicy(
        version, wanted, nodes, kms, composeHashes.map(AllowedList::values).orElse(Set.of()));
  }

  private static void requireSaid(
      String field, Optional<String> said, String wanted, boolean mayBeMissing)
      throws PolicyDocumentException {
    if (said.isEmpty() && !mayBeMissing) {
      throw new PolicyDocumentException(field, "missing; it must be " + wanted);
    }
    if (said.isPresent() && !said.get().equals(wanted)) {
      throw new PolicyDocumentException(field, "it is \"" + said.get() + "\", not " + wanted);
    }
  }
}
