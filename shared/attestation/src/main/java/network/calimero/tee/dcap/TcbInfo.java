package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Fmspc;

/**
 * TCB info of one platform type (Intel PCS API v4; dcap.md, step 2): levels sorted highest first.
 */
record TcbInfo(
    String id,
    int version,
    Validity validity,
    Fmspc fmspc,
    Bytes pceId,
    int evaluationDataNumber,
    List<Level> levels,
    Optional<Module> tdxModule,
    List<ModuleIdentity> moduleIdentities) {

  /**
   * Sixteen component SVNs, PCESVN and (TDX only) sixteen TDX component SVNs, with their status.
   */
  record Level(
      List<Integer> sgxComponents,
      int pceSvn,
      List<Integer> tdxComponents,
      TcbStatus status,
      Instant date,
      List<String> advisoryIds) {}

  /** What a TDX module must be: MRSIGNER 48 bytes, SEAM attributes 8 bytes. */
  record Module(Bytes mrSigner, Bytes attributes) {}

  /**
   * A TDX module of one major version, {@code TDX_01} and so on, with levels sorted highest first.
   */
  record ModuleIdentity(String id, Module module, List<IsvLevel> levels) {}

  /** A level of QE or module: the lowest ISV SVN that has it. */
  record IsvLevel(int isvSvn, TcbStatus status, Instant date, List<String> advisoryIds) {}
}
