package network.calimero.tee.guest;

import java.io.Serial;
import network.calimero.tee.guest.GuestException.Code;

/** A call that ended without a complete HTTP answer. */
final class HttpFailure extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;

  HttpFailure(Kind kind, Throwable cause) {
    super(cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Where it ended, with what that means to the caller. */
  enum Kind {
    NOT_CONNECTED(Code.UNREACHABLE),
    BROKEN_OFF(Code.UNREACHABLE),
    TIMEOUT(Code.TIMEOUT),
    INTERRUPTED(Code.TIMEOUT),
    BUSY(Code.BUSY),
    TOO_LARGE(Code.MALFORMED),
    NOT_HTTP(Code.MALFORMED);

    private final Code code;

    Kind(Code code) {
      this.code = code;
    }

    Code code() {
      return code;
    }
  }
}
