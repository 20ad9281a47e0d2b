package network.calimero.tee.bundles;

import java.util.Locale;
import network.calimero.tee.bytes.PlainText;

/** The trusted root could not be brought up to date; what was kept before is as it was. */
public final class TrustedRootUpdateException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 600;

  private final Code code;

  /** What stood in the way. */
  public enum Code {
    /** The repository does not answer, or not in time. */
    TUF_UNREACHABLE("check the network and the address of the repository, then run it again"),
    /** What it answers is not signed as it must be, older than what was seen before, or expired. */
    TUF_REFUSED(
        "check this machine's clock and whether the address is Sigstore's own repository or a true"
            + " mirror of it; if it stays so, do not use that address"),
    /** The directory cannot be written to. */
    TUF_NOT_KEPT("check permissions and free space of the directory");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** For programs: lower case with underscores. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  TrustedRootUpdateException(Code code, String reason, Throwable cause) {
    super(PlainText.bounded(reason, MAX_TEXT), cause);
    this.code = code;
  }

  /** What stood in the way. */
  public Code code() {
    return code;
  }

  /** Why, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
