package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a platform stands (dcap.md, steps 7 to 9).
 *
 * @param status the converged status; never Revoked, which rejects
 * @param date the earliest TCB date of the levels used
 * @param advisoryIds of platform, QE and module, sorted, none twice
 * @param platform the status of the platform's level alone
 * @param quotingEnclave the status of the QE's level alone
 * @param tdxModule the status of the TDX module's level; empty where its version is 0 and for SGX
 * @param current the status with the TDX module that runs now; only for TD report 1.5
 * @param shortfalls why the status is not UpToDate; empty if it is
 */
public record TcbEvaluation(
    TcbStatus status,
    Instant date,
    List<String> advisoryIds,
    TcbStatus platform,
    TcbStatus quotingEnclave,
    Optional<TcbStatus> tdxModule,
    Optional<TcbStatus> current,
    List<Shortfall> shortfalls) {

  public TcbEvaluation {
    advisoryIds = List.copyOf(advisoryIds);
    shortfalls = List.copyOf(shortfalls);
  }
}
