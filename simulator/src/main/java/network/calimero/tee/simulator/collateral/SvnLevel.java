package network.calimero.tee.simulator.collateral;

import java.time.Instant;
import java.util.List;

/**
 * One level of a QE identity or of a TDX module: an enclave or module at or above this SVN has this
 * status.
 *
 * @param status the status text as it stands in the document, known or not
 */
public record SvnLevel(int isvSvn, Instant tcbDate, String status, List<String> advisoryIds) {
  /** Copies the list. */
  public SvnLevel {
    advisoryIds = List.copyOf(advisoryIds);
  }
}
