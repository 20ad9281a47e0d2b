package network.calimero.tee.release.verify;

import java.util.Locale;

/** Why a release is refused, its signatures apart, and what to do about it. */
public enum ReleaseCode {
  ASSET_MISSING("wait until the release is complete, or use another version"),
  SIGNATURE_MISSING("do not use it: nobody says who made this file");

  private final String advice;

  ReleaseCode(String advice) {
    this.advice = advice;
  }

  /** As programs spell it: {@code release_asset_missing}. */
  public String text() {
    return "release_" + name().toLowerCase(Locale.ROOT);
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
