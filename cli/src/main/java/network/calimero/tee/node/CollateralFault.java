package network.calimero.tee.node;

import network.calimero.tee.collateral.CollateralUnavailableException;

/** What it means that no collateral came: "there but bad" is a "no", "not to be had" is not. */
public final class CollateralFault {
  private CollateralFault() {}

  /**
   * Whether all servers that were asked have collateral, and it is not in a form to verify with.
   */
  public static boolean isThereButBad(CollateralUnavailableException.Code code) {
    return switch (code) {
      case MALFORMED, TOO_LARGE -> true;
      case UNREACHABLE, TIMEOUT, NOT_FOUND, STATUS, BUSY, RECENT_FAILURE, INTERRUPTED -> false;
    };
  }
}
