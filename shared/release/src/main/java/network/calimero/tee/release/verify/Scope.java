package network.calimero.tee.release.verify;

import java.util.Set;
import network.calimero.tee.release.asset.Family;

/** How much of a version is verified. */
public enum Scope {
  /** Both families: what an operator wants to know before trusting a version. */
  BOTH,
  /** The KMS alone: all that its policies need. */
  KMS;

  /** The families. */
  public Set<Family> families() {
    return this == BOTH ? Set.of(Family.KMS, Family.NODE) : Set.of(Family.KMS);
  }
}
