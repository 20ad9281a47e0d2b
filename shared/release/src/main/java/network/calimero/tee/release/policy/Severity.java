package network.calimero.tee.release.policy;

import java.util.Locale;

/** How much a finding matters, least first. */
public enum Severity {
  /** Worth knowing when something changes; nobody is let in by it. */
  NOTE,
  /** Weaker than it needs to be, or soon in the way of those who should be let in. */
  WARNING,
  /** Lets in somebody who should not be, or nobody, or cannot be used as it is. */
  ERROR;

  /** Its name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
