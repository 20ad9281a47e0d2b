package network.calimero.tee.kms.cluster;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.attest.QuoteUnavailableException;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;

/** Quotes about this replica for another one; none goes out that is not over what was asked. */
final class OwnQuotes {
  private final QuoteSource source;

  OwnQuotes(QuoteSource source) {
    this.source = source;
  }

  Bytes over(ReportData reportData) throws JoinException {
    Bytes quote;
    ReportData found;
    try {
      quote = source.quote(reportData).quote();
      found = Quote.parse(quote).body().reportData();
    } catch (QuoteUnavailableException | QuoteFormatException e) {
      throw new JoinException(
          JoinFault.NO_OWN_QUOTE,
          "this replica's platform gave no quote; the operator's log says why",
          e);
    }
    if (!found.equals(reportData)) {
      throw new JoinException(
          JoinFault.NO_OWN_QUOTE,
          "this replica's platform gave a quote over other report_data than asked for");
    }
    return quote;
  }
}
