package network.calimero.tee.release.source;

import network.calimero.tee.bytes.PlainText;

/** A file could not be had, or not be kept. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 600;

  private final Code code;

  /** What stood in the way, and what to do about it. */
  public enum Code {
    UNREACHABLE("check the network, the proxy and the address, or name a mirror with --mirror"),
    TIMEOUT("try again; what is complete is kept. If it goes on, name a mirror with --mirror"),
    STATUS("try again later, or name a mirror with --mirror"),
    REDIRECT_REFUSED(
        "check the address of the releases: files of a release do not come from there"),
    TOO_LARGE("do not use it: no file of a release is that large"),
    NOT_REGULAR("give a folder with the files of the release as they were published"),
    UNREADABLE("check the folder and its permissions"),
    UNWRITABLE("check the folder, its permissions, and that the disk is not full"),
    INTERRUPTED("run it again: what is complete is kept");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  /** Says what is wrong, naming the file and the server or folder. */
  public SourceException(Code code, String reason) {
    super(PlainText.bounded(reason, MAX_TEXT));
    this.code = code;
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
