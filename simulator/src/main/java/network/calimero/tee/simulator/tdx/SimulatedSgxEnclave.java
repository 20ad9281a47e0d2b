package network.calimero.tee.simulator.tdx;

import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.QuotingEnclave;

/** An SGX enclave whose quotes (version 3) its platform's quoting enclave signs. Immutable. */
public final class SimulatedSgxEnclave {
  private final QuotingEnclave quotingEnclave;
  private final FixedLayout<EnclaveField> report;

  /** An enclave with a report, all but its report data. */
  public SimulatedSgxEnclave(QuotingEnclave quotingEnclave, FixedLayout<EnclaveField> report) {
    this.quotingEnclave = quotingEnclave;
    this.report = report.copy();
  }

  /** A quote over report data of at most 64 bytes, padded with zeros on the right. */
  public byte[] quote(byte[] reportData) {
    return quote(reportData, quote -> {});
  }

  /** A quote with changes to any part of it. */
  public byte[] quote(byte[] reportData, Consumer<QuoteBuilder> change) {
    FixedLayout<EnclaveField> filled = report.copy();
    filled.set(EnclaveField.REPORT_DATA, Bytes.fit(reportData, EnclaveField.REPORT_DATA.size()));
    Consumer<QuoteBuilder> body = quote -> quote.enclave(enclave -> enclave.setAll(filled));
    return quotingEnclave.quote(QuoteFormat.SGX_V3, body, change);
  }
}
