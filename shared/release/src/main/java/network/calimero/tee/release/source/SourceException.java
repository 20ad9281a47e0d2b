package network.calimero.tee.release.source;

import java.util.Locale;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.http.FetchException;

/** A file could not be had, or not be kept. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 600;

  private final Code code;
  private final int status;

  /** What stood in the way, and what to do about it. */
  public enum Code {
    UNREACHABLE(
        "check the network, the proxy and the address, or name another server with --mirror"),
    TIMEOUT("run it again: what is complete is kept. If it goes on, name a server with --mirror"),
    STATUS("try again later, or name another server with --mirror"),
    REDIRECT_REFUSED("check the address: files of releases do not come from there"),
    TOO_LARGE("do not use it: no such file of a release is that large"),
    LOG_ANSWER_MALFORMED("check the address of the log: that is none"),
    LIST_MALFORMED("check the address: there is no list of releases"),
    LIST_LIMITED(
        "try again within the hour; who operates the function can set GITHUB_TOKEN or RELEASES_MIRRORS"),
    LOG_NOT_ASKED("let 'mero-tee release fetch' fill the folder: it keeps what the log answers"),
    NOT_REGULAR("give a folder with the files of the release as they were published"),
    UNREADABLE("check the folder and its permissions"),
    UNWRITABLE("check the folder, its permissions, and that the disk is not full"),
    INTERRUPTED("run it again: what is complete is kept"),
    /** Of services that strangers call, which ask for so much a minute. */
    BUSY("try again in a minute");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    static Code of(FetchException.Kind kind) {
      return switch (kind) {
        case UNREACHABLE -> UNREACHABLE;
        case TIMEOUT -> TIMEOUT;
        case TOO_LARGE -> TOO_LARGE;
        case REDIRECT -> REDIRECT_REFUSED;
        case INTERRUPTED -> INTERRUPTED;
      };
    }

    /** Whether that is a "no", and not only something that nobody knows. */
    public boolean isRefusal() {
      return this == TOO_LARGE || this == REDIRECT_REFUSED;
    }

    /** Whether another server may do better. */
    boolean isTheServers() {
      return switch (this) {
        case UNREACHABLE,
            TIMEOUT,
            STATUS,
            REDIRECT_REFUSED,
            TOO_LARGE,
            LIST_MALFORMED,
            LIST_LIMITED ->
            true;
        default -> false;
      };
    }

    /** As programs spell it: {@code release_unreachable}. */
    public String text() {
      return "release_" + name().toLowerCase(Locale.ROOT);
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  /** Says what is wrong, naming the file and the server or folder. */
  public SourceException(Code code, String reason) {
    this(code, reason, 0);
  }

  /** The same of a server that answered with a status. */
  SourceException(Code code, String reason, int status) {
    super(PlainText.bounded(reason, MAX_TEXT));
    this.code = code;
    this.status = status;
  }

  /** The HTTP status that a server answered with; 0 if that is not what stood in the way. */
  public int status() {
    return status;
  }

  /** What stood in the way. */
  public Code code() {
    return code;
  }

  /** What is wrong, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
