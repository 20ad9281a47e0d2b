package network.calimero.tee.identity;

import java.io.Serial;

/** A text that has not the shape of a peer ID. The message never repeats the text. */
public final class InvalidPeerIdException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidPeerIdException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Which rule was broken. */
  public Reason reason() {
    return reason;
  }

  /** The rules of kms-protocol.md, POST /challenge. */
  public enum Reason {
    /** No characters at all. */
    EMPTY,
    /** More than {@link PeerId#MAX_LENGTH} characters. */
    TOO_LONG,
    /** A character outside the base58btc alphabet, white space included. */
    NOT_BASE58
  }
}
