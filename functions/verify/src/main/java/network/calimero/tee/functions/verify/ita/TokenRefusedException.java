package network.calimero.tee.functions.verify.ita;

import java.io.Serial;
import network.calimero.tee.bytes.PlainText;

/** A token is not believed, and so nothing in it. Strangers can cause it: it has no stack trace. */
public final class TokenRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 300;

  private final TokenFault fault;

  TokenRefusedException(TokenFault fault, String found) {
    super(
        fault.meaning() + (found.isEmpty() ? "" : ": " + PlainText.bounded(found, MAX_TEXT)),
        null,
        false,
        false);
    this.fault = fault;
  }

  /** What is wrong with it. */
  public TokenFault fault() {
    return fault;
  }

  /** The same for people: half a sentence on one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
