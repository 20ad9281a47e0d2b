package network.calimero.tee.release.verify;

/**
 * One thing that was checked.
 *
 * @param subject the asset, or the tag of the release where it is about several
 * @param what was checked, such as {@code signature}
 * @param how by what means, such as {@code cosign bundle}; may be empty
 * @param detail what was found, for people; may be empty
 */
public record Check(String subject, String what, String how, Result result, String detail) {
  /** How it ended. */
  public enum Result {
    PASSED,
    /** Not made, and the detail says why; nothing was refused for it. */
    SKIPPED,
    /** Does not hold, where releases of that generation do not promise it. */
    NOTED,
    /** Refused; nothing is checked after it. */
    FAILED
  }
}
