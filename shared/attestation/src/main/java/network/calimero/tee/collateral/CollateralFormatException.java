package network.calimero.tee.collateral;

import network.calimero.tee.bytes.PlainText;

/** A file or answer is not collateral in a known form; the message names the field. */
public final class CollateralFormatException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 300;

  CollateralFormatException(String message) {
    super(PlainText.bounded(message, MAX_TEXT));
  }
}
