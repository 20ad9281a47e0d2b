package network.calimero.tee.policy;

import java.util.Locale;

/** What the attester is meant to be. */
public enum Role {
  /** A Calimero node. */
  NODE,
  /** A key server. */
  KMS,
  /** A companion of nodes, with measurements and keys of its own. */
  AGENT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
