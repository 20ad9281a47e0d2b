package network.calimero.tee.release.policy;

/** The documents that say, or lead to what says, who is let in (policy-and-releases.md). */
public enum Form {
  /** The attestation policy of a release: lists for the KMS and for nodes. */
  RELEASE("attestation policy"),
  /** What a node release publishes of its images, one set of lists per profile. */
  PUBLISHED_MRTDS("published node measurements"),
  /** A KMS policy of the registry that releases 2.1.x were described in. */
  REGISTRY_KMS("KMS policy of the registry"),
  /** The same for node images, one set of lists per profile. */
  REGISTRY_NODE("node policy of the registry"),
  /** Measurements of a probe that nobody has made a policy of. */
  CANDIDATE("policy candidate"),
  /** The registry's list of releases, each with the files of both policies. */
  REGISTRY_INDEX("index of the registry"),
  /** The older list of one kind of policy. */
  POLICY_INDEX("index of policies"),
  /** The list of releases that belong together. */
  CATALOG("compatibility catalogue");

  private final String words;

  Form(String words) {
    this.words = words;
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }
}
