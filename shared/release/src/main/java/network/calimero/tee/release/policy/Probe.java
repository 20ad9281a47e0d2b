package network.calimero.tee.release.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.TdReport;

/**
 * What a machine proved of itself.
 *
 * @param role what it was started as: its quote does not say
 * @param evidence a verified quote of a TDX VM
 * @param composeHash from an event log that the quote proves, 32 bytes
 * @param quoteSha256 over the raw quote, in lower-case hex, so that a reviewer can find it
 */
public record Probe(
    Role role, VerifiedQuote evidence, Optional<Bytes> composeHash, String quoteSha256) {

  /** Only VMs have the registers that policies speak of. */
  public Probe {
    if (!(evidence.quote().body() instanceof TdReport)) {
      throw new IllegalArgumentException("the quote is an enclave's, not a TDX VM's");
    }
  }

  TdReport report() {
    return (TdReport) evidence.quote().body();
  }
}
