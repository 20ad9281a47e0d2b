package network.calimero.tee.cli;

import java.io.Serial;

/** Ends a command before it comes to a result of its own. */
final class FailureException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int exit;
  private final transient Failure failure;

  FailureException(int exit, Failure failure) {
    super(failure.message());
    this.exit = exit;
    this.failure = failure;
  }

  /** A file, socket or machine of the user's own is not as it must be. */
  static FailureException input(String reason, String advice) {
    return new FailureException(
        Exits.USAGE, new Failure(OwnCode.INPUT_UNUSABLE.text(), reason, advice));
  }

  /** One of the program's own findings. */
  static FailureException of(OwnCode code, String reason) {
    return new FailureException(code.exit(), Failure.of(code, reason));
  }

  int exit() {
    return exit;
  }

  Failure failure() {
    return failure;
  }
}
