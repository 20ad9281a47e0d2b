package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * What TD report 1.5 adds to 1.0.
 *
 * @param teeTcbSvn2 security versions of the TDX module running now, 16 bytes, where {@link
 *     TdReport#teeTcbSvn()} is of the one at launch
 * @param mrServiceTd measurement of the service TDs bound to this one (such as a migration TD);
 *     zero if there is none
 */
public record TdReport15(Bytes teeTcbSvn2, Measurement mrServiceTd) {
  /** Checks the size. */
  public TdReport15 {
    Sizes.require("tee_tcb_svn_2", 16, teeTcbSvn2.length());
  }
}
