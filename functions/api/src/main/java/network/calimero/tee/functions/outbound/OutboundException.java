package network.calimero.tee.functions.outbound;

import java.io.Serial;
import network.calimero.tee.functions.api.ApiException;
import org.jspecify.annotations.Nullable;

/** A request was not sent, or what came back is not taken. Nothing a peer said is in it. */
public final class OutboundException extends ApiException {
  @Serial private static final long serialVersionUID = 1L;

  private final OutboundFault fault;

  /** With what was found. */
  public OutboundException(OutboundFault fault, String found) {
    this(fault, found, null);
  }

  OutboundException(OutboundFault fault, String found, @Nullable Throwable cause) {
    super(fault, found, cause);
    this.fault = fault;
  }

  /** What stood in the way. */
  public OutboundFault fault() {
    return fault;
  }
}
