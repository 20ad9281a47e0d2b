package network.calimero.tee.kms.attest;

import network.calimero.tee.quote.ReportData;

/** Makes quotes about the trust domain that the key server runs in. */
@FunctionalInterface
public interface QuoteSource {

  /**
   * A quote over that report data; whether it really carries them is for the caller to check.
   *
   * @throws QuoteUnavailableException if the platform gives none
   */
  PlatformQuote quote(ReportData reportData) throws QuoteUnavailableException;
}
