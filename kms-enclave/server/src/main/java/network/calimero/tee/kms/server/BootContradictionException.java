package network.calimero.tee.kms.server;

import java.io.Serial;

/**
 * Since its boot this machine says in RTMR3 what this start would make a lie. The message is for
 * its operator and may name local paths.
 */
final class BootContradictionException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BootContradictionException(String message) {
    super(message);
  }
}
