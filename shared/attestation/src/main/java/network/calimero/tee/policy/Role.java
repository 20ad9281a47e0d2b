package network.calimero.tee.policy;

import java.util.Locale;

/** What the attester is meant to be. */
public enum Role {
  NODE,
  KMS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
