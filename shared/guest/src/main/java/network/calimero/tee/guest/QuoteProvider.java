package network.calimero.tee.guest;

/** A source of quotes about the VM this program runs in. */
@FunctionalInterface
public interface QuoteProvider {

  /**
   * Asks for a quote over 64 bytes of the caller's choice. Whether the quote really carries them is
   * for the caller to check: nothing here is verified.
   *
   * @param reportData exactly {@value GuestQuote#REPORT_DATA_SIZE} bytes
   * @throws GuestException if the platform gives none
   * @throws IllegalArgumentException if {@code reportData} has another size
   */
  GuestQuote quote(byte[] reportData) throws GuestException;
}
