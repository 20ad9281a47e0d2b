package network.calimero.tee.kms.server.policy;

/** A file of a release could not be had; the message says from which host and why. */
final class DownloadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean absent;

  DownloadException(String reason, boolean absent) {
    super(reason);
    this.absent = absent;
  }

  /** Whether the server says that there is no such file: status 404. */
  boolean absent() {
    return absent;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
