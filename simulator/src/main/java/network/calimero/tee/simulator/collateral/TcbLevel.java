package network.calimero.tee.simulator.collateral;

import java.time.Instant;
import java.util.List;

/**
 * One level of a TCB info: a platform at or above these security version numbers has this status.
 *
 * @param sgx SGX component SVNs, normally 16
 * @param tdx TDX component SVNs, normally 16; written for TDX only
 * @param status the status text as it stands in the document, known or not
 */
public record TcbLevel(
    List<Integer> sgx,
    int pceSvn,
    List<Integer> tdx,
    Instant tcbDate,
    String status,
    List<String> advisoryIds) {
  /** Copies the lists. */
  public TcbLevel {
    sgx = List.copyOf(sgx);
    tdx = List.copyOf(tdx);
    advisoryIds = List.copyOf(advisoryIds);
  }

  /** The same level with another status. */
  public TcbLevel withStatus(String other, String... advisories) {
    return new TcbLevel(sgx, pceSvn, tdx, tcbDate, other, List.of(advisories));
  }

  /** The same level with one SGX component changed. */
  public TcbLevel withSgx(int index, int svn) {
    return new TcbLevel(replace(sgx, index, svn), pceSvn, tdx, tcbDate, status, advisoryIds);
  }

  /** The same level with one TDX component changed. */
  public TcbLevel withTdx(int index, int svn) {
    return new TcbLevel(sgx, pceSvn, replace(tdx, index, svn), tcbDate, status, advisoryIds);
  }

  /** The same level with another PCESVN. */
  public TcbLevel withPceSvn(int svn) {
    return new TcbLevel(sgx, svn, tdx, tcbDate, status, advisoryIds);
  }

  /** The same level with another date. */
  public TcbLevel withDate(Instant date) {
    return new TcbLevel(sgx, pceSvn, tdx, date, status, advisoryIds);
  }

  private static List<Integer> replace(List<Integer> svns, int index, int svn) {
    Integer[] copy = svns.toArray(new Integer[0]);
    copy[index] = svn;
    return List.of(copy);
  }
}
