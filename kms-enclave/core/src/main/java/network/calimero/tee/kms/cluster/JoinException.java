package network.calimero.tee.kms.cluster;

import java.io.Serial;
import network.calimero.tee.kms.KmsException;
import org.jspecify.annotations.Nullable;

/**
 * A root was not given, or not taken. The message begins with {@link JoinFault#text} and is for
 * anybody: it holds no secret and no local path. The cause is for the operator's log.
 */
public final class JoinException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final JoinFault fault;

  /** With what is wrong. */
  public JoinException(JoinFault fault, String message) {
    this(fault, message, null);
  }

  /** With what is wrong, and what led to it. */
  public JoinException(JoinFault fault, String message, @Nullable Throwable cause) {
    super(fault.text() + ": " + message, cause);
    this.fault = fault;
  }

  /** Which reason it is. */
  public JoinFault fault() {
    return fault;
  }

  /** As an answer to whoever asked; the operator's log has the cause beside it. */
  KmsException asRefusal() {
    return new KmsException(fault.error(), String.valueOf(getMessage()), getCause());
  }
}
