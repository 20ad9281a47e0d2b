package network.calimero.tee.collateral;

/** A file or answer is not collateral in a known form; the message names the field. */
public final class CollateralFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  CollateralFormatException(String message) {
    super(message);
  }
}
