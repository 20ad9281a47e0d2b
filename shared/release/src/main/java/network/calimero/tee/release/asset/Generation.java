package network.calimero.tee.release.asset;

/** The generations of releases (policy-and-releases.md), told apart by what a release contains. */
public enum Generation {
  /** Key servers on Phala; policies need not name compose hashes. */
  A,
  /** The same names; every policy names the compose hash of its profile. */
  B,
  /** A cluster of TDX VMs: assets without {@code phala}, images for containers. */
  C;

  /** How this generation names the assets of its key servers. */
  public KmsAssets kmsAssets() {
    return this == C ? KmsAssets.CLUSTER : KmsAssets.PHALA;
  }
}
