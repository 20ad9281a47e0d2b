package network.calimero.tee.simulator.releases;

/** The two releases of one version. */
public enum ReleaseFamily {
  KMS("mero-kms-v"),
  NODE("mero-tee-v");

  private final String prefix;

  ReleaseFamily(String prefix) {
    this.prefix = prefix;
  }

  /** The tag of a version. */
  public String tag(String version) {
    return prefix + version;
  }
}
