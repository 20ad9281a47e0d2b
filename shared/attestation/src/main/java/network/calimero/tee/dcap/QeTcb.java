package network.calimero.tee.dcap;

import java.util.List;
import network.calimero.tee.dcap.Shortfall.Part;
import network.calimero.tee.quote.EnclaveReport;

/**
 * Where the quoting enclave stands (dcap.md, end of step 5).
 *
 * @param shortfalls what it lacks for its level that is up to date
 */
record QeTcb(TcbInfo.IsvLevel level, List<Shortfall> shortfalls) {

  /** Called only on a report that fits the identity. */
  static QeTcb of(EnclaveReport report, QeIdentity identity) throws VerificationException {
    int isvSvn = report.isvSvn();
    TcbInfo.IsvLevel level =
        TcbLevels.isvLevel(identity.levels(), isvSvn)
            .orElseThrow(() ->
                new VerificationException(
                    FailureCode.QE_NO_TCB_LEVEL,
                    "the quoting enclave is below every TCB level",
                    "ISV SVN " + isvSvn,
                    "at least " + identity.levels().getLast().isvSvn()));
    return new QeTcb(
        level,
        TcbLevels.toBestLevel(
            identity.levels(), isvSvn, Part.QUOTING_ENCLAVE, "quoting enclave ISV SVN"));
  }
}
