package network.calimero.tee.kms.attest;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.ReportData;

/** Makes quotes about the trust domain that the key server runs in. */
public interface QuoteSource {

  /**
   * A quote over that report data; whether it really carries them is for the caller to check.
   *
   * @throws QuoteUnavailableException if the platform gives none
   */
  PlatformQuote quote(ReportData reportData) throws QuoteUnavailableException;

  /**
   * The raw CCEL table of the machine; empty where the platform has none.
   *
   * @throws QuoteUnavailableException if there is one that cannot be read
   */
  Optional<Bytes> ccel() throws QuoteUnavailableException;

  /** What {@code /attest} binds its quotes to if the caller names nothing, 32 bytes. */
  Bytes defaultBinding();
}
