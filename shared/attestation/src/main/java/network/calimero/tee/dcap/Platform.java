package network.calimero.tee.dcap;

import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Fmspc;

/**
 * The machine behind a quote, as its PCK certificate names it.
 *
 * @param ppid 16 bytes, the same for every quote of one machine
 * @param pceId 2 bytes
 * @param sgxComponents the 16 SGX component SVNs
 */
public record Platform(
    Fmspc fmspc,
    Bytes ppid,
    Bytes pceId,
    PckChain.Issuer issuer,
    List<Integer> sgxComponents,
    int pceSvn) {

  Platform(PckChain chain) {
    this(
        chain.extension().fmspc(),
        chain.extension().ppid(),
        chain.extension().pceId(),
        chain.issuer(),
        chain.extension().components(),
        chain.extension().pceSvn());
  }
}
