package network.calimero.tee.identity;

import java.io.Serial;

/** Bytes that are no acceptable libp2p public key. The message never repeats the bytes. */
public final class InvalidPeerPublicKeyException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidPeerPublicKeyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Which rule was broken. */
  public Reason reason() {
    return reason;
  }

  /** What a public key can fail on, in the order of the checks. */
  public enum Reason {
    /** More than {@link PeerPublicKey#MAX_LENGTH} bytes. */
    TOO_LONG,
    /** Not the one canonical protobuf encoding of a type and a key. */
    NOT_CANONICAL,
    /** A key type that libp2p does not define. */
    UNKNOWN_TYPE,
    /** The key itself is malformed, not on its curve, or outside the accepted sizes. */
    BAD_KEY
  }
}
