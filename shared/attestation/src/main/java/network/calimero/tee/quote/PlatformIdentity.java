package network.calimero.tee.quote;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * A platform as certification data of types 1 to 3 names it: what a PCK certificate is asked for
 * with (dcap.md, "Collateral").
 *
 * @param ppid 16 bytes plain, or 256 or 384 encrypted
 * @param cpuSvn security versions of the processor, 16 bytes
 * @param pceSvn security version of the provisioning enclave, 0 to 65,535
 * @param pceId number of the provisioning enclave, 2 bytes as they are in the quote, little-endian
 */
public record PlatformIdentity(Bytes ppid, Bytes cpuSvn, int pceSvn, Bytes pceId) {
  private static final int CPU_SVN_SIZE = 16;
  private static final int TAIL_SIZE = CPU_SVN_SIZE + 2 + 2;

  static Optional<PlatformIdentity> read(PpidForm form, Bytes data) {
    int ppidSize = data.length() - TAIL_SIZE;
    if (!form.allowsPpidOf(ppidSize)) {
      return Optional.empty();
    }
    int svnEnd = ppidSize + CPU_SVN_SIZE;
    return Optional.of(
        new PlatformIdentity(
            data.slice(0, ppidSize),
            data.slice(ppidSize, svnEnd),
            data.byteAt(svnEnd) | data.byteAt(svnEnd + 1) << 8,
            data.slice(svnEnd + 2, svnEnd + 4)));
  }
}
