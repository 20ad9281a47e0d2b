package network.calimero.tee.kms.cluster;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.attest.QuoteUnavailableException;
import network.calimero.tee.policy.MeasurementTuple;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.seal.Bindings;

/**
 * The five registers of the trust domain that this replica runs in, as its platform tells them at
 * start (kms-config.md, "Start-up of a TDX replica").
 */
public record OwnMeasurements(MeasurementTuple registers) {
  private static final int HALF_SIZE = 32;

  /**
   * Takes a quote of this trust domain, and from it the registers.
   *
   * @throws UnfitReplicaException if there is none, or the domain must not take part in a cluster:
   *     a debug TD, or one whose RTMR3 nobody has extended
   */
  public static OwnMeasurements take(QuoteSource quotes) throws UnfitReplicaException {
    ReportData asked = ReportData.of(Bindings.selfMeasurement(), Bytes.of(new byte[HALF_SIZE]));
    TdReport report = report(ask(quotes, asked));
    if (!report.reportData().equals(asked)) {
      throw new UnfitReplicaException(
          "this machine's platform gives quotes over other report data than asked for");
    }
    if (report.isDebug()) {
      throw new UnfitReplicaException(
          "this is a debug TD: its host can read its memory, so it must never hold a cluster's"
              + " root. Start the VM without TDX debugging");
    }
    if (report.rtmr3().isZero()) {
      throw new UnfitReplicaException(
          "RTMR3 of this TD is all zero: nothing was measured into it at boot, so this is not an"
              + " image of the KMS. The image's init service extends it before the KMS starts; see"
              + " its log");
    }
    return new OwnMeasurements(MeasurementTuple.of(report));
  }

  private static Bytes ask(QuoteSource quotes, ReportData asked) throws UnfitReplicaException {
    try {
      return quotes.quote(asked).quote();
    } catch (QuoteUnavailableException e) {
      throw new UnfitReplicaException(
          "this machine gives no quote about itself: " + e.getMessage(), e);
    }
  }

  private static TdReport report(Bytes quote) throws UnfitReplicaException {
    try {
      if (Quote.parse(quote).body() instanceof TdReport report) {
        return report;
      }
    } catch (QuoteFormatException e) {
      throw new UnfitReplicaException(
          "what this machine gives as a quote about itself is none: " + e.getMessage(), e);
    }
    throw new UnfitReplicaException("this machine's quotes are not those of a TDX trust domain");
  }
}
