package network.calimero.tee.release.asset;

import network.calimero.tee.policy.release.ReleaseVersion;

/** The two releases of one version (policy-and-releases.md): always both. */
public enum Family {
  /** Key servers, with the policies. */
  KMS("mero-kms"),
  /** Images of nodes. */
  NODE("mero-tee");

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /** What its releases are called: {@code mero-kms} or {@code mero-tee}. */
  public String title() {
    return title;
  }

  /** The tag of its release, such as {@code mero-tee-v2.3.40}. */
  public String tag(ReleaseVersion version) {
    return title + "-v" + version;
  }

  @Override
  public String toString() {
    return title;
  }
}
